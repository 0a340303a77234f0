package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.List;

/// Maps `property_groups`.
final class PropertyMapping {

  private PropertyMapping() {}

  /// The group under one name.
  static PropertyGroup group(Source source, Scalar name, Mapping content) {
    GroupBuilder group =
        new GroupBuilder(source, name.text(), typeOfGroup(name.text(), content), name);
    for (Entry entry : content.entries()) {
      String key = entry.key().text();
      if (key.equals("type") && entry.value() instanceof Scalar) {
        continue;
      }
      if (key.equals("properties") && entry.value() instanceof Mapping more) {
        more.entries().forEach(property -> add(group, property));
      } else {
        add(group, entry);
      }
    }
    return group.build();
  }

  /// The type of a group that names none.
  static String defaultType(String group) {
    return group.equals("general") ? PropertyGroup.FRAMEWORK : PropertyGroup.APPLICATION;
  }

  private static String typeOfGroup(String name, Mapping content) {
    return content.value("type") instanceof Scalar type ? type.text() : defaultType(name);
  }

  private static void add(GroupBuilder group, Entry entry) {
    String name = entry.key().text();
    switch (entry.value()) {
      case Scalar scalar -> group.add(name, typeOf(scalar), scalar.text(), entry.key());
      case Sequence list -> group.add(name, typeOf(list), GroupBuilder.texts(list), entry.key());
      case Mapping typed -> {
        YamlNode value = typed.value("value");
        YamlNode content = value == null ? typed.value("values") : value;
        List<String> texts = GroupBuilder.texts(content);
        PropertyType type =
            typed.value("type") instanceof Scalar word ? PropertyType.named(word.text()) : null;
        PropertyType implied = content == null ? PropertyType.ASTRING : typeOf(content);
        group.add(name, type == null ? implied : type, texts, entry.key());
      }
    }
  }

  /// The type that follows from a value: whole numbers are `integer`, true and false `boolean`, all
  /// else `astring`; a list has the type of all its values if they agree.
  static PropertyType typeOf(YamlNode node) {
    return switch (node) {
      case Scalar scalar ->
          switch (scalar.kind()) {
            case INTEGER -> PropertyType.INTEGER;
            case BOOLEAN -> PropertyType.BOOLEAN;
            case TEXT, DECIMAL, NULL, REFUSED -> PropertyType.ASTRING;
          };
      case Sequence list -> {
        PropertyType first =
            list.items().isEmpty() ? PropertyType.ASTRING : typeOf(list.items().getFirst());
        boolean agree = list.items().stream().allMatch(item -> typeOf(item) == first);
        yield agree ? first : PropertyType.ASTRING;
      }
      case Mapping _ -> PropertyType.ASTRING;
    };
  }
}
