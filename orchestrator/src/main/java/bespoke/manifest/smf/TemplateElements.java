package bespoke.manifest.smf;

import bespoke.manifest.yaml.PropertyText;
import bespoke.model.Names;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Reads `<template>` into groups of the types `template`, `template_pg_pattern` and
/// `template_prop_pattern` (smf.md 9.6).
final class TemplateElements {

  private final Findings findings;
  private final List<PropertyGroup> groups = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  TemplateElements(Findings findings) {
    this.findings = findings;
  }

  List<PropertyGroup> groups(XmlElement template) {
    findings.exact(template);
    for (XmlElement child : template.children()) {
      Vocabulary.checkAttributes(child, findings);
      switch (child.name()) {
        case "common_name" -> texts(child, TemplateElements::line);
        case "description" -> texts(child, TemplateElements::paragraph);
        case "documentation" -> child.children().forEach(entry -> document(entry, child));
        case "pg_pattern" -> {
          groups.addAll(new PatternElements(findings, this).groups(child));
        }
        default -> Vocabulary.unknown(child, template, findings);
      }
    }
    return groups;
  }

  private void texts(XmlElement element, UnaryOperator<String> form) {
    Map<String, Property> properties = new LinkedHashMap<>();
    localized(element, "", form, properties);
    groups.add(
        PropertyGroup.of(
            "tm_" + element.name(), PropertyGroup.TEMPLATE, properties.values(), element.place()));
  }

  /// A property for the text of each locale.
  ///
  /// @param prefix of the property's name, before the locale
  void localized(
      XmlElement element, String prefix, UnaryOperator<String> form, Map<String, Property> into) {
    for (XmlElement text : element.children()) {
      if (!text.name().equals("loctext")) {
        Vocabulary.unknown(text, element, findings);
        continue;
      }
      Vocabulary.checkAttributes(text, findings);
      String name = prefix + clean(text.attribute("xml:lang", "C"));
      String value = form.apply(text.text());
      if (value.length() > PropertyText.LENGTH_MAX) {
        findings.cannot(
            text.place(),
            "cannot keep a text of " + value.length() + " characters",
            "the limit is " + PropertyText.LENGTH_MAX);
      } else if (Names.isName(name)) {
        into.put(name, Property.of(name, PropertyType.USTRING, value, text.place()));
      } else {
        findings.cannot(text.place(), "cannot use so long a locale", "use one such as C");
      }
    }
  }

  /// White space around each line and empty lines around the text go.
  static String paragraph(String text) {
    return String.join("\n", text.lines().map(String::strip).toList()).strip();
  }

  /// All on one line.
  static String line(String text) {
    return String.join(" ", text.strip().split("\\s+", -1));
  }

  private void document(XmlElement entry, XmlElement parent) {
    Vocabulary.checkAttributes(entry, findings);
    switch (entry.name()) {
      case "manpage" -> {
        String title = entry.attribute("title", "");
        String section = entry.attribute("section", "");
        List<Property> properties = new ArrayList<>();
        attribute(entry, "section", properties);
        if (!entry.attribute("manpath", ":default").equals(":default")) {
          attribute(entry, "manpath", properties);
        }
        properties.add(Property.of("title", PropertyType.ASTRING, title, entry.place()));
        add("tm_man_" + clean(title + section), PropertyGroup.TEMPLATE, properties, entry);
      }
      case "doc_link" -> {
        String name = entry.attribute("name", "");
        String uri = entry.attribute("uri", "");
        boolean valid = PropertyText.isValid(PropertyType.URI, uri);
        List<Property> properties = new ArrayList<>();
        attribute(entry, "name", properties);
        properties.add(
            Property.of(
                "uri", valid ? PropertyType.URI : PropertyType.ASTRING, uri, entry.place()));
        add("tm_doc_" + clean(name), PropertyGroup.TEMPLATE, properties, entry);
      }
      default -> Vocabulary.unknown(entry, parent, findings);
    }
  }

  private static void attribute(XmlElement entry, String name, List<Property> properties) {
    properties.add(
        Property.of(name, PropertyType.ASTRING, entry.attribute(name, ""), entry.place()));
  }

  private void add(String name, String type, List<Property> properties, XmlElement at) {
    groups.add(PropertyGroup.of(unique(name), type, properties, at.place()));
  }

  /// What a name may not hold becomes `_`.
  static String clean(String text) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c == '.' || c == '-' || Character.isLetterOrDigit(c) && c < 128;
      name.append(plain ? c : '_');
    }
    return name.toString();
  }

  /// The name, shortened to what a name may be long, with a number when it is taken.
  String unique(String name) {
    int longest = Names.LENGTH_MAX - 6;
    String base = name.length() > longest ? name.substring(0, longest) : name;
    String free = base;
    for (int number = 2; !names.add(free); number++) {
      free = base + "." + number;
    }
    return free;
  }
}
