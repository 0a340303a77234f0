package bespoke.manifest.yaml;

import bespoke.manifest.Problems;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.template.PatternGroups;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes the patterns of a level under `templates`; what would not come back as the same groups,
/// such as texts in several languages, is written in full under `property_groups`.
final class PatternForms {

  private final PropertyGroups level;
  private final NodeBuilder templates = new NodeBuilder();
  private final Set<String> written = new HashSet<>();
  private final Set<String> keys = new HashSet<>();

  PatternForms(PropertyGroups level) {
    this.level = level;
    for (PropertyGroup pattern : level.ofType(PatternGroups.GROUP_PATTERN)) {
      add(pattern);
    }
  }

  /// The names of the groups that `templates` stands for.
  Set<String> written() {
    return written;
  }

  /// The value of `templates`, perhaps empty.
  Mapping node() {
    return templates.build();
  }

  private void add(PropertyGroup pattern) {
    Optional<String> name = pattern.single("name");
    if (name.isEmpty() || keys.contains(name.get())) {
      return;
    }
    List<PropertyGroup> properties =
        level.ofType(PatternGroups.PROPERTY_PATTERN).stream()
            .filter(one -> one.single("pg_pattern").orElse("").equals(pattern.name()))
            .toList();
    Mapping node = node(pattern, properties);
    List<PropertyGroup> all = new ArrayList<>(List.of(pattern));
    all.addAll(properties);
    if (isProven(name.get(), node, all)) {
      keys.add(name.get());
      templates.put(name.get(), node);
      all.forEach(group -> written.add(group.name()));
    }
  }

  private static boolean isProven(String name, Mapping node, List<PropertyGroup> wanted) {
    Problems problems = new Problems("");
    Mapping whole = new NodeBuilder().put(name, node).build();
    new ShapeCheck(problems).check(whole, TemplateShapes.TEMPLATES, "templates");
    if (problems.count() > 0) {
      return false;
    }
    List<PropertyGroup> read = PatternMapping.groups(Source.none(), Scalar.text(name), node);
    return read.size() == wanted.size()
        && wanted.stream()
            .allMatch(group -> read.stream().anyMatch(other -> GroupForms.isSame(other, group)));
  }

  private static Mapping node(PropertyGroup pattern, List<PropertyGroup> properties) {
    NodeBuilder node = new NodeBuilder();
    node.putTexts(pattern, "type");
    node.putPlain(pattern, "required");
    node.putTexts(pattern, "target");
    node.putText("common_name", pattern, "common_name_C");
    node.putText("description", pattern, "description_C");
    NodeBuilder entries = new NodeBuilder();
    for (PropertyGroup property : properties) {
      entries.put(property.single("name").orElse(""), property(property));
    }
    return node.putUnlessEmpty("properties", entries.build()).build();
  }

  private static Mapping property(PropertyGroup property) {
    NodeBuilder node = new NodeBuilder();
    node.putTexts(property, "type");
    node.putPlain(property, "required");
    node.putText("common_name", property, "common_name_C");
    node.putText("description", property, "description_C");
    node.putText("units", property, "units_C");
    node.putTexts(property, "visibility");
    plain(node, "min_values", property, "cardinality_min");
    plain(node, "max_values", property, "cardinality_max");
    node.putText("separators", property, "internal_separators");
    list(node, "values", property, "constraint_name");
    list(node, "ranges", property, "constraint_range");
    list(node, "choices", property, "choices_name");
    list(node, "include_choices", property, "choices_include_values");
    return node.build();
  }

  private static void plain(NodeBuilder node, String key, PropertyGroup group, String property) {
    group.single(property).ifPresent(value -> node.put(key, Scalar.plain(value)));
  }

  private static void list(NodeBuilder node, String key, PropertyGroup group, String property) {
    group
        .property(property)
        .ifPresent(found ->
            node.put(key, NodeBuilder.list(found.values().stream().map(Scalar::text).toList())));
  }
}
