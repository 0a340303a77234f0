package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Builds the mappings that [YamlWriter] prints; what is empty is left out.
final class NodeBuilder {

  private final List<Entry> entries = new ArrayList<>();

  static Mapping empty() {
    return new Mapping(List.of(), 0, 0);
  }

  static Sequence list(List<? extends YamlNode> items) {
    return new Sequence(List.copyOf(items), 0, 0);
  }

  NodeBuilder put(String key, YamlNode value) {
    entries.add(new Entry(Scalar.text(key), value));
    return this;
  }

  /// An entry with a line above it; none when the comment is empty.
  NodeBuilder put(String key, YamlNode value, String comment) {
    entries.add(new Entry(Scalar.text(key), value, comment));
    return this;
  }

  /// Leaves out an empty list or mapping.
  NodeBuilder putUnlessEmpty(String key, YamlNode value) {
    boolean empty =
        value instanceof Mapping mapping && mapping.entries().isEmpty()
            || value instanceof Sequence sequence && sequence.items().isEmpty();
    return empty ? this : put(key, value);
  }

  /// Text of the group's single-valued property.
  NodeBuilder putText(String key, PropertyGroup group, String property) {
    group.single(property).ifPresent(value -> put(key, Scalar.text(value)));
    return this;
  }

  NodeBuilder putTexts(PropertyGroup group, String... properties) {
    for (String property : properties) {
      putText(property, group, property);
    }
    return this;
  }

  /// Numbers and booleans: as they would be read without quotes.
  NodeBuilder putPlain(PropertyGroup group, String... properties) {
    for (String property : properties) {
      group.single(property).ifPresent(value -> put(property, Scalar.plain(value)));
    }
    return this;
  }

  /// Seconds, without the zeros of a `time`, and -1 for SMF's largest count.
  NodeBuilder putSeconds(PropertyGroup group, String... properties) {
    for (String property : properties) {
      group.single(property).ifPresent(value -> put(property, Scalar.plain(seconds(value))));
    }
    return this;
  }

  private static String seconds(String value) {
    if (value.equals("18446744073709551615")) {
      return "-1";
    }
    int end = value.length();
    if (value.indexOf('.') < 0) {
      return value;
    }
    while (value.charAt(end - 1) == '0' && value.charAt(end - 2) != '.') {
      end--;
    }
    return value.substring(0, end);
  }

  /// A list of all values of a property.
  NodeBuilder putList(PropertyGroup group, String property) {
    Optional<Property> found = group.property(property);
    found.ifPresent(list -> put(property, list(list.values().stream().map(Scalar::text).toList())));
    return this;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Mapping build() {
    return new Mapping(List.copyOf(entries), 0, 0);
  }
}
