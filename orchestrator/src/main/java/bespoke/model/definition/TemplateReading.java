package bespoke.model.definition;

import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.Template;
import bespoke.model.Template.Documentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `tm_common_name`, `tm_description`, `tm_man_*` and `tm_doc_*` (smf.md 9.6).
final class TemplateReading {

  private TemplateReading() {}

  static Template read(PropertyGroups groups) {
    List<Documentation> manpages = new ArrayList<>(0);
    List<Documentation> links = new ArrayList<>(0);
    for (PropertyGroup group : groups.byName().values()) {
      if (group.name().startsWith("tm_man_")) {
        manpage(group).ifPresent(manpages::add);
      } else if (group.name().startsWith("tm_doc_")) {
        link(group).ifPresent(links::add);
      }
    }
    manpages.addAll(links);
    Optional<String> commonName = groups.group("tm_common_name").flatMap(TemplateReading::text);
    Optional<String> description = groups.group("tm_description").flatMap(TemplateReading::text);
    return commonName.isEmpty() && description.isEmpty() && manpages.isEmpty()
        ? Template.NONE
        : new Template(commonName, description, manpages);
  }

  /// The text of locale `C`, else of the first locale.
  private static Optional<String> text(PropertyGroup group) {
    return group
        .single("C")
        .or(() ->
            group.properties().values().stream()
                .findFirst()
                .flatMap(bespoke.model.Property::single));
  }

  private static Optional<Documentation> manpage(PropertyGroup group) {
    Optional<String> section = group.single("section");
    Optional<String> manpath =
        group.single("manpath").filter(path -> !path.isEmpty() && !path.equals(":default"));
    return group
        .single("title")
        .map(title -> new Template.Manpage(title, section.orElse(""), manpath));
  }

  private static Optional<Documentation> link(PropertyGroup group) {
    return group.single("uri").map(uri -> new Template.Link(group.single("name").orElse(uri), uri));
  }
}
