package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Kind;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.Collection;
import java.util.List;

/// Writes property groups in full, as entries of `property_groups`.
final class FullForm {

  private FullForm() {}

  static Mapping group(PropertyGroup group) {
    return group(group, group.properties().values());
  }

  /// The group with only these of its properties.
  static Mapping group(PropertyGroup group, Collection<Property> properties) {
    NodeBuilder node = new NodeBuilder();
    if (!group.type().equals(PropertyMapping.defaultType(group.name()))) {
      node.put("type", Scalar.text(group.type()));
    }
    NodeBuilder hidden = new NodeBuilder();
    for (Property property : properties) {
      boolean taken = property.name().equals("type") || property.name().equals("properties");
      (taken ? hidden : node).put(property.name(), property(property));
    }
    return node.putUnlessEmpty("properties", hidden.build()).build();
  }

  private static YamlNode property(Property property) {
    PropertyType type = property.type();
    List<Scalar> values = property.values().stream().map(value -> value(type, value)).toList();
    boolean one = values.size() == 1;
    YamlNode plain = one ? values.getFirst() : NodeBuilder.list(values);
    if (PropertyMapping.typeOf(plain) == type) {
      return plain;
    }
    return new NodeBuilder()
        .put("type", Scalar.text(type.toString()))
        .put(one ? "value" : "values", plain)
        .build();
  }

  /// Numbers and booleans stand without quotes where their type is one.
  private static Scalar value(PropertyType type, String value) {
    Kind kind = ScalarKinds.of(value);
    boolean plain =
        switch (type) {
          case BOOLEAN -> kind == Kind.BOOLEAN;
          case INTEGER, COUNT -> kind == Kind.INTEGER;
          case TIME -> kind == Kind.INTEGER || kind == Kind.DECIMAL;
          default -> false;
        };
    return plain ? Scalar.plain(value) : Scalar.text(value);
  }
}
