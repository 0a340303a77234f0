package bespoke.manifest.smf;

import bespoke.model.PropertyType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The types that the templates of a description give to properties, for those that do not say
/// theirs (smf.md 9.1).
///
/// @param types by group name or `:type`, and property
record Patterns(Map<String, PropertyType> types) {

  Patterns {
    types = Map.copyOf(types);
  }

  /// The patterns in the template of a service or an instance.
  static Patterns of(XmlElement level) {
    Map<String, PropertyType> types = new HashMap<>();
    for (XmlElement template : level.all("template")) {
      for (XmlElement group : template.all("pg_pattern")) {
        String name = group.attribute("name", "");
        String key = name.isEmpty() ? ":" + group.attribute("type", "") : name;
        for (XmlElement property : group.all("prop_pattern")) {
          PropertyType type = PropertyType.named(property.attribute("type", ""));
          if (type != null) {
            types.putIfAbsent(key + "/" + property.attribute("name", ""), type);
          }
        }
      }
    }
    return new Patterns(types);
  }

  /// These, and where they say nothing, the others.
  Patterns with(Patterns own) {
    Map<String, PropertyType> all = new HashMap<>(types);
    all.putAll(own.types);
    return new Patterns(all);
  }

  /// The type of a property.
  Optional<PropertyType> type(String group, String groupType, String property) {
    return Optional.ofNullable(types.get(group + "/" + property))
        .or(() -> Optional.ofNullable(types.get(":" + groupType + "/" + property)));
  }
}
