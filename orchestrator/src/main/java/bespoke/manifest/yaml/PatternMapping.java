package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.template.PatternGroups;
import java.util.ArrayList;
import java.util.List;

/// Maps `templates` to groups of patterns (smf.md 9.6).
final class PatternMapping {

  private PatternMapping() {}

  static void add(Source source, Mapping level, List<PropertyGroup> groups) {
    if (level.value("templates") instanceof Mapping templates) {
      for (Entry entry : templates.entries()) {
        if (entry.value() instanceof Mapping content) {
          groups.addAll(groups(source, entry.key(), content));
        }
      }
    }
  }

  /// The group of the pattern, then those of its properties.
  static List<PropertyGroup> groups(Source source, Scalar name, Mapping content) {
    String type = content.value("type") instanceof Scalar scalar ? scalar.text() : "";
    String suffix = PatternGroups.suffix(name.text(), type);
    String groupName = PatternGroups.GROUP_PREFIX + suffix;
    GroupBuilder group = new GroupBuilder(source, groupName, PatternGroups.GROUP_PATTERN, name);
    group.add("name", PropertyType.ASTRING, name.text(), name);
    group.copy(content, PropertyType.ASTRING, "type", "target");
    group.copy(content, PropertyType.BOOLEAN, "required");
    texts(group, content, "common_name", "description");
    List<PropertyGroup> all = new ArrayList<>();
    all.add(group.build());
    if (content.value("properties") instanceof Mapping properties) {
      for (Entry entry : properties.entries()) {
        if (entry.value() instanceof Mapping property) {
          all.add(property(source, groupName, suffix, entry.key(), property));
        }
      }
    }
    return all;
  }

  private static void texts(GroupBuilder group, Mapping content, String... keys) {
    for (String key : keys) {
      if (content.value(key) instanceof Scalar scalar) {
        group.add(key + "_C", PropertyType.USTRING, scalar.text(), scalar);
      }
    }
  }

  private static PropertyGroup property(
      Source source, String groupName, String suffix, Scalar name, Mapping content) {
    String own = PatternGroups.PROPERTY_PREFIX + suffix + "_" + PatternGroups.clean(name.text());
    GroupBuilder group = new GroupBuilder(source, own, PatternGroups.PROPERTY_PATTERN, name);
    group.add("name", PropertyType.ASTRING, name.text(), name);
    group.add("pg_pattern", PropertyType.ASTRING, groupName, name);
    group.copy(content, PropertyType.ASTRING, "type", "visibility");
    group.copy(content, PropertyType.BOOLEAN, "required");
    texts(group, content, "common_name", "description", "units");
    one(group, content, "min_values", "cardinality_min", PropertyType.COUNT);
    one(group, content, "max_values", "cardinality_max", PropertyType.COUNT);
    one(group, content, "separators", "internal_separators", PropertyType.ASTRING);
    list(group, content, "values", "constraint_name");
    list(group, content, "ranges", "constraint_range");
    list(group, content, "choices", "choices_name");
    list(group, content, "include_choices", "choices_include_values");
    return group.build();
  }

  private static void one(
      GroupBuilder group, Mapping content, String key, String property, PropertyType type) {
    if (content.value(key) instanceof Scalar scalar) {
      group.add(property, type, scalar.text(), scalar);
    }
  }

  private static void list(GroupBuilder group, Mapping content, String key, String property) {
    YamlNode list = content.value(key);
    if (list != null) {
      group.add(property, PropertyType.ASTRING, GroupBuilder.texts(list), list);
    }
  }
}
