package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Kind;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers the properties of one group from checked nodes.
final class GroupBuilder {

  /// `-1` as SMF stores it: the largest count.
  private static final String COUNT_MAX = "18446744073709551615";

  private final Source source;
  private final String name;
  private final String type;
  private final YamlNode place;
  private final Map<String, Property> properties = new LinkedHashMap<>(8);

  GroupBuilder(Source source, String name, String type, YamlNode place) {
    this.source = source;
    this.name = name;
    this.type = type;
    this.place = place;
  }

  PropertyGroup build() {
    return new PropertyGroup(name, type, properties, source.origin(place));
  }

  GroupBuilder add(String property, PropertyType valueType, String value, YamlNode at) {
    return add(property, valueType, List.of(value), at);
  }

  GroupBuilder add(String property, PropertyType valueType, List<String> values, YamlNode at) {
    properties.put(
        property,
        new Property(source.share(property), valueType, source.share(values), source.origin(at)));
    return this;
  }

  /// Copies scalar values of these keys, as they are written.
  GroupBuilder copy(Mapping from, PropertyType valueType, String... keys) {
    for (String key : keys) {
      if (from.value(key) instanceof Scalar scalar) {
        add(key, valueType, scalar.text(), scalar);
      }
    }
    return this;
  }

  /// Copies numbers of seconds: whole ones as counts, others as times.
  GroupBuilder copySeconds(Mapping from, String... keys) {
    for (String key : keys) {
      if (from.value(key) instanceof Scalar scalar) {
        boolean whole = scalar.kind() == Kind.INTEGER;
        String text = scalar.text().equals("-1") ? COUNT_MAX : scalar.text();
        add(
            key,
            whole ? PropertyType.COUNT : PropertyType.TIME,
            whole ? text : PropertyText.time(text),
            scalar);
      }
    }
    return this;
  }

  /// The texts of a list of scalars; one text for a scalar.
  static List<String> texts(@Nullable YamlNode node) {
    List<String> texts = new ArrayList<>(4);
    switch (node) {
      case Scalar scalar -> texts.add(scalar.text());
      case Sequence sequence -> sequence.items().forEach(item -> texts.addAll(texts(item)));
      case Mapping _ -> throw new IllegalStateException("checked before");
      case null -> {}
    }
    return texts;
  }
}
