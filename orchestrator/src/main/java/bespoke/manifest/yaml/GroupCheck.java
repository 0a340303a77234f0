package bespoke.manifest.yaml;

import bespoke.manifest.NearestName;
import bespoke.manifest.Problems;
import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Kind;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import bespoke.model.PropertyType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks property groups: their names are free, their values are typed.
final class GroupCheck {

  /// What a property may be written as besides a plain value.
  static final List<String> PROPERTY_KEYS = List.of("type", "value", "values");

  /// Names of the types that a person may write.
  static final List<String> TYPES =
      Arrays.stream(PropertyType.values()).map(PropertyType::toString).toList();

  /// The most values of one property.
  static final int VALUES_MAX = 4096;

  private final Problems problems;

  GroupCheck(Problems problems) {
    this.problems = problems;
  }

  /// Checks one group.
  ///
  /// @param name of the group
  void check(YamlNode node, String name) {
    if (!(node instanceof Mapping mapping)) {
      wrong(node, name, "a mapping (property: value)");
      return;
    }
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (key.equals("type") && entry.value() instanceof Scalar type) {
        nameFault(type, "the type of a property group", Format.GROUP_TYPE);
      } else if (key.equals("properties") && entry.value() instanceof Mapping more) {
        more.entries().forEach(this::property);
      } else {
        property(entry);
      }
    }
  }

  private void nameFault(Scalar scalar, String what, Format format) {
    String fault = scalar.kind() == Kind.NULL ? "" : format.fault(scalar.text());
    if (fault != null) {
      problems.add(
          scalar.line(),
          scalar.column(),
          "cannot use \"" + scalar.text() + "\" as " + what,
          fault.isEmpty() ? "use " + format.what() : fault);
    }
  }

  private void property(Entry entry) {
    nameFault(entry.key(), "the name of a property", Format.PROPERTY);
    String name = entry.key().text();
    switch (entry.value()) {
      case Scalar scalar when scalar.kind() == Kind.REFUSED -> {}
      case Scalar scalar -> value(scalar, PropertyMapping.typeOf(scalar), name);
      case Sequence sequence -> values(sequence, PropertyMapping.typeOf(sequence), name);
      case Mapping mapping -> typed(mapping, name);
    }
  }

  private void typed(Mapping mapping, String name) {
    for (Entry entry : mapping.entries()) {
      if (!PROPERTY_KEYS.contains(entry.key().text())) {
        problems.add(
            entry.key().line(),
            entry.key().column(),
            "cannot use the key \"" + entry.key().text() + "\" in the property " + name,
            NearestName.hint(entry.key().text(), PROPERTY_KEYS)
                + " (a property has no parts of its own)");
      }
    }
    YamlNode one = mapping.value("value");
    YamlNode many = mapping.value("values");
    if (one == null == (many == null)) {
      problems.add(
          mapping.line(),
          mapping.column(),
          "cannot read the property " + name,
          "give it either a value or a list of values");
      return;
    }
    PropertyType type = type(mapping.value("type"), one == null ? many : one, name);
    if (type != null && one != null) {
      value(one, type, name);
    } else if (type != null && many != null) {
      values(many, type, name);
    }
  }

  private @Nullable PropertyType type(
      @Nullable YamlNode node, @Nullable YamlNode value, String name) {
    if (node == null) {
      return value == null ? PropertyType.ASTRING : PropertyMapping.typeOf(value);
    }
    String text = node instanceof Scalar scalar ? scalar.text() : "";
    PropertyType type = PropertyType.named(text);
    if (type == null) {
      problems.add(
          node.line(),
          node.column(),
          "cannot use \"" + text + "\" as the type of " + name,
          NearestName.of(text, TYPES) == null
              ? "the types are " + String.join(", ", TYPES)
              : NearestName.hint(text, TYPES));
    }
    return type;
  }

  private void values(YamlNode node, PropertyType type, String name) {
    if (node instanceof Sequence sequence) {
      if (sequence.items().size() > VALUES_MAX) {
        wrong(node, name, "at most " + VALUES_MAX + " values");
        return;
      }
      sequence.items().forEach(item -> value(item, type, name));
    } else {
      wrong(node, name, "a list");
    }
  }

  private void value(YamlNode node, PropertyType type, String name) {
    if (!(node instanceof Scalar scalar)) {
      wrong(node, name, "one value");
    } else if (scalar.kind() == Kind.NULL) {
      wrong(node, name, "a value; empty text is \"\"");
    } else if (!PropertyText.isValid(type, scalar.text())) {
      problems.add(
          node.line(),
          node.column(),
          "cannot use this value of the property " + name + " as " + type,
          "use " + PropertyText.what(type));
    }
  }

  private void wrong(YamlNode node, String name, String expected) {
    problems.add(
        node.line(), node.column(), "cannot use " + node.what() + " as " + name, "use " + expected);
  }
}
