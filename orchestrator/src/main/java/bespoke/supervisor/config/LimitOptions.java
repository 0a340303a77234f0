package bespoke.supervisor.config;

import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the options that limit a program: `limits`, `nice`, `oom_score_adj`, `memory_max`,
/// `cpu_max` and `pids_max`.
final class LimitOptions {
  /// The limits of setrlimit(2) that `ulimit` of every sh can set.
  private static final Set<String> RESOURCES =
      Set.of("core", "data", "fsize", "memlock", "nofile", "nproc", "stack", "cpu", "as", "rss");

  private final SectionReader section;

  LimitOptions(SectionReader section) {
    this.section = section;
  }

  Limits read() throws ConfigurationException {
    var resources = new TreeMap<String, String>();
    for (var pair : KeyValuePairs.parse(section.text("limits", "")).entrySet()) {
      if (!RESOURCES.contains(pair.getKey())) {
        throw new ConfigurationException(
            "unknown limit '"
                + pair.getKey()
                + "' (one of "
                + new java.util.TreeSet<>(RESOURCES)
                + ")");
      }
      if (!pair.getValue().matches("(\\d{1,18}|unlimited)(:(\\d{1,18}|unlimited))?")) {
        throw new ConfigurationException(
            "limit " + pair.getKey() + "=" + pair.getValue() + " is not soft or soft:hard");
      }
      resources.put(pair.getKey(), pair.getValue());
    }
    return new Limits(
        resources,
        inRange("nice", -20, 19),
        inRange("oom_score_adj", -1000, 1000),
        section.bytes("memory_max", 0),
        section.value(
            "cpu_max", 0, text -> Conversion.INTEGER.convert(text.replaceFirst("%$", ""))),
        section.integer("pids_max", 0));
  }

  private @Nullable Integer inRange(String key, int min, int max) throws ConfigurationException {
    if (!section.has(key)) {
      return null;
    }
    int value = section.integer(key, 0);
    if (value < min || value > max) {
      throw new ConfigurationException(key + " is " + value + ", not " + min + " to " + max);
    }
    return value;
  }
}
