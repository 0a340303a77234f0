package bespoke.manifest.smf;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.template.PatternGroups;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes the template of a service or an instance.
final class TemplateWriter {

  private static final String COMMON_NAME = "tm_common_name";

  private final PropertyGroups level;
  private final Set<String> written = new HashSet<>();

  TemplateWriter(PropertyGroups level) {
    this.level = level;
  }

  /// Whether reading an element gives groups.
  @FunctionalInterface
  interface Proof {
    boolean holds(XmlElement element, List<PropertyGroup> groups);
  }

  /// The groups that the template stands for.
  Set<String> written() {
    return written;
  }

  /// The template; empty when there is no common name, without which the DTD has none.
  Optional<XmlElement> template(Proof proof) {
    Optional<PropertyGroup> commonName = level.group(COMMON_NAME);
    ElementBuilder template = new ElementBuilder("template");
    if (commonName.isEmpty()
        || !keep(template, texts("common_name", "", commonName.get()), proof, commonName.get())) {
      return Optional.empty();
    }
    level
        .group("tm_description")
        .ifPresent(group -> keep(template, texts("description", "", group), proof, group));
    ElementBuilder documentation = new ElementBuilder("documentation");
    for (PropertyGroup group : level.ofType(PropertyGroup.TEMPLATE)) {
      document(group)
          .ifPresent(entry -> {
            XmlElement one = new ElementBuilder("documentation").add(entry).build();
            if (proof.holds(one, List.of(group))) {
              documentation.add(entry);
              written.add(group.name());
            }
          });
    }
    if (!documentation.isEmpty()) {
      template.add(documentation.build());
    }
    patterns(template, proof);
    return Optional.of(template.build());
  }

  private boolean keep(
      ElementBuilder template, XmlElement element, Proof proof, PropertyGroup group) {
    boolean proven = proof.holds(element, List.of(group));
    if (proven) {
      template.add(element);
      written.add(group.name());
    }
    return proven;
  }

  /// The texts of all locales.
  private static XmlElement texts(String name, String prefix, PropertyGroup group) {
    ElementBuilder element = new ElementBuilder(name);
    for (Property property : group.properties().values()) {
      boolean ours = property.name().startsWith(prefix) && property.values().size() == 1;
      if (ours) {
        element.add(
            new ElementBuilder("loctext")
                .with("xml:lang", property.name().substring(prefix.length()))
                .text(property.values().getFirst())
                .build());
      }
    }
    return element.build();
  }

  private static Optional<XmlElement> document(PropertyGroup group) {
    if (group.name().startsWith("tm_man_") && group.single("title").isPresent()) {
      ElementBuilder manpage =
          new ElementBuilder("manpage")
              .with("title", group.single("title").get())
              .with("section", group.single("section").orElse(""));
      group.single("manpath").ifPresent(path -> manpage.with("manpath", path));
      return Optional.of(manpage.build());
    }
    if (group.name().startsWith("tm_doc_") && group.single("uri").isPresent()) {
      return Optional.of(
          new ElementBuilder("doc_link")
              .with("name", group.single("name").orElse(""))
              .with("uri", group.single("uri").get())
              .build());
    }
    return Optional.empty();
  }

  private void patterns(ElementBuilder template, Proof proof) {
    List<PropertyGroup> properties = level.ofType(PatternGroups.PROPERTY_PATTERN);
    for (PropertyGroup group : level.ofType(PatternGroups.GROUP_PATTERN)) {
      List<PropertyGroup> own =
          properties.stream()
              .filter(one -> one.single("pg_pattern").orElse("").equals(group.name()))
              .toList();
      ElementBuilder pattern = new ElementBuilder("pg_pattern");
      attributes(pattern, group, "name", "type", "target", "required");
      described(pattern, group);
      own.forEach(one -> pattern.add(property(one)));
      XmlElement element = pattern.build();
      List<PropertyGroup> all = new ArrayList<>(own);
      all.add(group);
      if (proof.holds(element, all)) {
        template.add(element);
        all.forEach(one -> written.add(one.name()));
      }
    }
  }

  private static void attributes(ElementBuilder element, PropertyGroup group, String... names) {
    for (String name : names) {
      group.single(name).ifPresent(value -> element.with(name, value));
    }
  }

  private static void described(ElementBuilder element, PropertyGroup group) {
    for (String name : List.of("common_name", "description")) {
      addUnlessEmpty(element, texts(name, name + "_", group));
    }
  }

  private static void addUnlessEmpty(ElementBuilder element, XmlElement child) {
    if (!child.children().isEmpty()) {
      element.add(child);
    }
  }

  private static XmlElement property(PropertyGroup group) {
    ElementBuilder pattern = new ElementBuilder("prop_pattern");
    attributes(pattern, group, "name", "type", "required");
    described(pattern, group);
    addUnlessEmpty(pattern, texts("units", "units_", group));
    group
        .single("visibility")
        .ifPresent(
            value -> pattern.add(new ElementBuilder("visibility").with("value", value).build()));
    ElementBuilder cardinality = new ElementBuilder("cardinality");
    group.single("cardinality_min").ifPresent(value -> cardinality.with("min", value));
    group.single("cardinality_max").ifPresent(value -> cardinality.with("max", value));
    if (!cardinality.isEmpty()) {
      pattern.add(cardinality.build());
    }
    group
        .single("internal_separators")
        .ifPresent(
            text -> pattern.add(new ElementBuilder("internal_separators").text(text).build()));
    addUnlessEmpty(pattern, values("values", "values", group));
    addUnlessEmpty(pattern, values("constraints", "constraint", group));
    addUnlessEmpty(pattern, values("choices", "choices", group));
    return pattern.build();
  }

  private static XmlElement values(String name, String prefix, PropertyGroup group) {
    ElementBuilder block = new ElementBuilder(name);
    int number = 0;
    for (String value : list(group, prefix + "_name")) {
      number++;
      ElementBuilder element = new ElementBuilder("value").with("name", value);
      for (String text : List.of("common_name", "description")) {
        addUnlessEmpty(element, texts(text, prefix + "_" + number + "_" + text + "_", group));
      }
      block.add(element.build());
    }
    for (String range : list(group, prefix + "_range")) {
      int comma = range.indexOf(',');
      block.add(
          new ElementBuilder("range")
              .with("min", range.substring(0, Math.max(0, comma)))
              .with("max", range.substring(comma + 1))
              .build());
    }
    for (String included : list(group, prefix + "_include_values")) {
      block.add(new ElementBuilder("include_values").with("type", included).build());
    }
    return block.build();
  }

  private static List<String> list(PropertyGroup group, String property) {
    return group.property(property).map(Property::values).orElse(List.of());
  }
}
