package bespoke.manifest.yaml;

import bespoke.manifest.Problems;
import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks what one level (a service or an instance) says under several keys: every property group
/// has one source, and no key says what another is for.
final class NameCheck {

  /// Groups that are the daemon's own (smf.md 2.5).
  private static final Set<String> RESERVED =
      Set.of("restarter", "restarter_actions", "general_ovr", "dependents");

  /// Keys of the level that make a group of the same name.
  private static final List<String> OWN_GROUP =
      List.of(
          "readiness",
          "startd",
          "periodic",
          "scheduled",
          "inetd",
          "method_context",
          "resources",
          "requires");

  private final Problems problems;

  NameCheck(Problems problems) {
    this.problems = problems;
  }

  /// Checks a service and its instances; tolerates anything that is of the wrong shape.
  void check(Mapping service) {
    level(service);
    if (service.value("instances") instanceof Mapping instances) {
      for (Entry entry : instances.entries()) {
        if (entry.value() instanceof Mapping instance) {
          level(instance);
        }
      }
    }
  }

  private void level(Mapping level) {
    Map<String, Scalar> taken = new HashMap<>();
    for (Entry entry : level.entries()) {
      if (OWN_GROUP.contains(entry.key().text())) {
        taken.put(entry.key().text(), entry.key());
      }
    }
    names(level, "methods", taken);
    names(level, "dependencies", taken);
    names(level, "property_groups", taken);
    if (level.value("property_groups") instanceof Mapping groups
        && groups.value("general") instanceof Mapping general) {
      general(general);
    }
  }

  private void names(Mapping level, String key, Map<String, Scalar> taken) {
    if (!(level.value(key) instanceof Mapping mapping)) {
      return;
    }
    for (Entry entry : mapping.entries()) {
      Scalar name = entry.key();
      Scalar other = taken.putIfAbsent(name.text(), name);
      if (other != null) {
        problems.add(
            name.line(),
            name.column(),
            "cannot use the name \"" + name.text() + "\" in " + key,
            "line " + other.line() + " makes a property group of this name; rename one");
      } else if (RESERVED.contains(name.text())) {
        problems.add(
            name.line(),
            name.column(),
            "cannot use the name \"" + name.text() + "\" in " + key,
            "this property group is bespoke's own; choose another name");
      }
    }
  }

  private void general(Mapping general) {
    for (Entry entry : general.entries()) {
      String name = entry.key().text();
      if (name.equals("enabled") || name.equals("restarter") || name.equals("single_instance")) {
        problems.add(
            entry.key().line(),
            entry.key().column(),
            "cannot set general/" + name + " here",
            "use the key " + name + " of the service or instance");
      }
    }
  }
}
