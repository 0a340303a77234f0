package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import bespoke.model.Names;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Maps `common_name`, `description` and `documentation` to template groups (smf.md 9.6).
final class TemplateMapping {

  private TemplateMapping() {}

  static void add(Source source, Mapping level, List<PropertyGroup> groups) {
    text(source, level, "common_name", groups);
    text(source, level, "description", groups);
    if (level.value("documentation") instanceof Sequence list) {
      int number = 0;
      for (YamlNode item : list.items()) {
        if (item instanceof Mapping entry) {
          groups.add(document(source, entry, number++));
        }
      }
    }
  }

  private static void text(Source source, Mapping level, String key, List<PropertyGroup> groups) {
    if (level.value(key) instanceof Scalar scalar) {
      groups.add(
          new GroupBuilder(source, "tm_" + key, PropertyGroup.TEMPLATE, scalar)
              .add("C", PropertyType.USTRING, scalar.text(), scalar)
              .build());
    }
  }

  /// `tm_man_<title><section>` or `tm_doc_<name>`.
  ///
  /// @param number of the entry in its list, the name of a document that has none
  static PropertyGroup document(Source source, Mapping entry, int number) {
    String title = textOf(entry.value("manpage"));
    if (title != null) {
      String section = textOf(entry.value("section"));
      GroupBuilder group =
          new GroupBuilder(
              source, name("tm_man_", title + section, number), PropertyGroup.TEMPLATE, entry);
      group.copy(entry, PropertyType.ASTRING, "section", "manpath");
      return group.add("title", PropertyType.ASTRING, title, entry).build();
    }
    String name = textOf(entry.value("name"));
    GroupBuilder group =
        new GroupBuilder(
            source,
            name("tm_doc_", name == null ? Integer.toString(number) : name, number),
            PropertyGroup.TEMPLATE,
            entry);
    group.copy(entry, PropertyType.ASTRING, "name");
    return group.copy(entry, PropertyType.URI, "uri").build();
  }

  private static @Nullable String textOf(@Nullable YamlNode node) {
    return node instanceof Scalar scalar ? scalar.text() : null;
  }

  /// A group name from any text: what a name may not hold becomes `_`.
  private static String name(String prefix, String text, int number) {
    StringBuilder name = new StringBuilder(prefix);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c == '.' || c == '-' || Character.isLetterOrDigit(c) && c < 128;
      name.append(plain ? c : '_');
    }
    return name.length() <= Names.LENGTH_MAX ? name.toString() : prefix + number;
  }
}
