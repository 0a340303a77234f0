package bespoke.contract;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Limits of a contract as cgroup v2 files and what is written into them (Linux
/// admin-guide/cgroup-v2).
///
/// @param values such as `memory.max` to `536870912`, `cpu.max` to `150000 100000`, `pids.max` to
///   `200`; the part before the first dot is the controller
public record Resources(Map<String, String> values) {

  /// What a new cgroup has in `memory.max`, `pids.max` and the like: to ask for it needs no
  /// controller.
  private static final String NO_LIMIT = "max";

  /// No limits.
  public static final Resources NONE = new Resources(Map.of());

  public Resources {
    TreeMap<String, String> limits = new TreeMap<>(values);
    limits.values().removeIf(NO_LIMIT::equals);
    values = Collections.unmodifiableMap(limits);
    for (String file : values.keySet()) {
      if (!file.matches("[a-z]+(\\.[A-Za-z0-9_]+)+") || file.startsWith("cgroup.")) {
        throw new IllegalArgumentException("not a resource file: " + file);
      }
    }
  }
}
