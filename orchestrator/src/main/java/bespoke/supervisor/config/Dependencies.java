package bespoke.supervisor.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a program depends on when supervisord runs under bespoke.
///
/// @param services names of services by grouping (require_all, require_any, optional_all,
///   exclude_all)
/// @param restartOn none, error, restart or refresh
public record Dependencies(Map<String, List<String>> services, String restartOn) {
  static final List<String> GROUPINGS =
      List.of("require_all", "require_any", "optional_all", "exclude_all");
  static final List<String> RESTART_ON = List.of("none", "error", "restart", "refresh");

  public Dependencies {
    services = Collections.unmodifiableMap(new TreeMap<>(services));
  }

  static Dependencies read(SectionReader section) throws ConfigurationException {
    var services = new TreeMap<String, List<String>>();
    for (String grouping : GROUPINGS) {
      String text = section.text(grouping, "");
      if (text.isEmpty()) {
        continue;
      }
      List<String> names = Conversion.words(text, "[,\\s]+");
      for (String name : names) {
        if (!name.matches("[A-Za-z0-9_./:,-]+")) {
          throw new ConfigurationException("'" + name + "' in " + grouping + " is no service");
        }
      }
      if (!names.isEmpty()) {
        services.put(grouping, names);
      }
    }
    String restartOn = section.text("restart_on", "none");
    if (!RESTART_ON.contains(restartOn)) {
      throw new ConfigurationException(
          "restart_on is '" + restartOn + "', not one of " + String.join(", ", RESTART_ON));
    }
    return new Dependencies(services, restartOn);
  }
}
