package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.List;
import java.util.Map;

/// Maps `periodic`, `scheduled` and `inetd` to groups of the same name and back: each key is a
/// property.
final class OccasionMapping {
  /// The keys of a level that are mapped here, with their shapes.
  static final Map<String, Shape.Fields> SHAPES =
      Map.of(
          "periodic", OccasionShapes.PERIODIC,
          "scheduled", OccasionShapes.SCHEDULED,
          "inetd", OccasionShapes.INETD);

  private OccasionMapping() {}

  static void add(Source source, Mapping level, List<PropertyGroup> groups) {
    for (Entry entry : level.entries()) {
      if (SHAPES.containsKey(entry.key().text()) && entry.value() instanceof Mapping content) {
        groups.add(group(source, entry.key(), content));
      }
    }
  }

  static PropertyGroup group(Source source, Scalar name, Mapping content) {
    GroupBuilder group = new GroupBuilder(source, name.text(), PropertyGroup.FRAMEWORK, name);
    for (Entry entry : content.entries()) {
      String key = entry.key().text();
      group.add(key, type(key), GroupBuilder.texts(entry.value()), entry.value());
    }
    return group.build();
  }

  private static PropertyType type(String key) {
    return switch (key) {
      case "accept", "persistent" -> PropertyType.BOOLEAN;
      case "period_seconds",
          "delay_seconds",
          "jitter_seconds",
          "failures_max",
          "backlog",
          "max_copies",
          "failrate_cnt",
          "failrate_interval" ->
          PropertyType.COUNT;
      default -> PropertyType.ASTRING;
    };
  }

  /// The content as a person would write it.
  static Mapping content(PropertyGroup group) {
    NodeBuilder entry = new NodeBuilder();
    for (Property property : group.properties().values()) {
      boolean plain = property.type() != PropertyType.ASTRING;
      boolean one = property.values().size() == 1 && !property.name().equals("listen");
      if (one && plain) {
        entry.putPlain(group, property.name());
      } else if (one) {
        entry.putTexts(group, property.name());
      } else {
        entry.putList(group, property.name());
      }
    }
    return entry.build();
  }
}
