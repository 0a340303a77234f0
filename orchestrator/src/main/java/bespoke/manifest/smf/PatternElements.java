package bespoke.manifest.smf;

import bespoke.manifest.NearestName;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.template.PatternGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `<pg_pattern>` and `<prop_pattern>`.
final class PatternElements {

  private static final List<String> TARGETS = List.of("this", "instance", "delegate", "all");
  private static final List<String> VISIBILITIES = List.of("hidden", "readonly", "readwrite");
  private static final List<String> TYPES =
      Arrays.stream(PropertyType.values()).map(PropertyType::toString).toList();

  private final Findings findings;
  private final TemplateElements template;

  PatternElements(Findings findings, TemplateElements template) {
    this.findings = findings;
    this.template = template;
  }

  /// The group of the pattern, then those of its properties.
  List<PropertyGroup> groups(XmlElement pattern) {
    findings.exact(pattern);
    String name = pattern.attribute("name", "");
    String type = pattern.attribute("type", "");
    String suffix = PatternGroups.suffix(name, type);
    Map<String, Property> properties = new LinkedHashMap<>();
    word(pattern, "name", properties);
    word(pattern, "type", properties);
    flag(pattern, properties);
    if (!pattern.attribute("target", "this").equals("this")) {
      choice(pattern, "target", "target", TARGETS, properties);
    }
    String groupName = template.unique(PatternGroups.GROUP_PREFIX + suffix);
    List<PropertyGroup> groups = new ArrayList<>();
    for (XmlElement child : pattern.children()) {
      Vocabulary.checkAttributes(child, findings);
      switch (child.name()) {
        case "common_name", "description" -> texts(child, child.name() + "_", properties);
        case "prop_pattern" -> groups.add(property(child, groupName, suffix));
        default -> Vocabulary.unknown(child, pattern, findings);
      }
    }
    groups.addFirst(
        PropertyGroup.of(
            groupName, PatternGroups.GROUP_PATTERN, properties.values(), pattern.place()));
    return groups;
  }

  private void texts(XmlElement element, String prefix, Map<String, Property> into) {
    boolean description = element.name().equals("description");
    template.localized(
        element, prefix, description ? TemplateElements::paragraph : TemplateElements::line, into);
  }

  private static void word(XmlElement element, String attribute, Map<String, Property> into) {
    element
        .attribute(attribute)
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> text(into, attribute, value, element));
  }

  private static void text(Map<String, Property> into, String name, String value, XmlElement at) {
    into.put(name, Property.of(name, PropertyType.ASTRING, value, at.place()));
  }

  private static void flag(XmlElement element, Map<String, Property> into) {
    if (element.is("required")) {
      into.put("required", Property.of("required", PropertyType.BOOLEAN, "true", element.place()));
    }
  }

  private void choice(
      XmlElement element,
      String attribute,
      String property,
      List<String> words,
      Map<String, Property> into) {
    String value = element.attribute(attribute, "");
    if (words.contains(value)) {
      text(into, property, value, element);
    } else {
      findings.cannot(
          element.placeOf(attribute),
          "cannot use \"" + PropertyReading.printable(value) + "\" as " + property,
          NearestName.hint(value, words));
    }
  }

  private PropertyGroup property(XmlElement pattern, String groupName, String suffix) {
    findings.exact(pattern);
    String name = pattern.attribute("name", "");
    Map<String, Property> properties = new LinkedHashMap<>();
    text(properties, "name", name, pattern);
    text(properties, "pg_pattern", groupName, pattern);
    if (pattern.attribute("type").isPresent()) {
      choice(pattern, "type", "type", TYPES, properties);
    } else if (pattern.is("required")) {
      findings.cannot(
          pattern.place(),
          "cannot require the property \"" + PropertyReading.printable(name) + "\" without a type",
          "add type=");
    }
    flag(pattern, properties);
    for (XmlElement child : pattern.children()) {
      Vocabulary.checkAttributes(child, findings);
      part(child, pattern, properties);
    }
    String group = PatternGroups.PROPERTY_PREFIX + suffix + "_" + TemplateElements.clean(name);
    return PropertyGroup.of(
        template.unique(group),
        PatternGroups.PROPERTY_PATTERN,
        properties.values(),
        pattern.place());
  }

  private void part(XmlElement child, XmlElement pattern, Map<String, Property> into) {
    switch (child.name()) {
      case "common_name", "description", "units" -> texts(child, child.name() + "_", into);
      case "visibility" -> choice(child, "value", "visibility", VISIBILITIES, into);
      case "cardinality" -> {
        count(child, "min", into);
        count(child, "max", into);
      }
      case "internal_separators" -> text(into, "internal_separators", child.text(), child);
      case "values" -> values(child, "values", into);
      case "constraints" -> values(child, "constraint", into);
      case "choices" -> values(child, "choices", into);
      default -> Vocabulary.unknown(child, pattern, findings);
    }
  }

  private void count(XmlElement element, String bound, Map<String, Property> into) {
    Optional<String> text = element.attribute(bound);
    Optional<String> count = text.flatMap(Canonical::count);
    if (text.isPresent() && count.isEmpty()) {
      findings.cannot(
          element.placeOf(bound),
          "cannot use \"" + PropertyReading.printable(text.get()) + "\" as " + bound,
          "use a number");
    }
    count.ifPresent(value ->
        into.put(
            "cardinality_" + bound,
            Property.of("cardinality_" + bound, PropertyType.COUNT, value, element.place())));
  }

  /// Values, ranges and inclusions of one block.
  private void values(XmlElement block, String prefix, Map<String, Property> into) {
    List<String> names = new ArrayList<>();
    List<String> ranges = new ArrayList<>();
    List<String> included = new ArrayList<>();
    for (XmlElement child : block.children()) {
      Vocabulary.checkAttributes(child, findings);
      switch (child.name()) {
        case "value" -> {
          names.add(child.attribute("name", ""));
          for (XmlElement text : child.children()) {
            texts(text, prefix + "_" + names.size() + "_" + text.name() + "_", into);
          }
        }
        case "range" -> ranges.add(range(child));
        case "include_values" -> included.add(child.attribute("type", ""));
        default -> Vocabulary.unknown(child, block, findings);
      }
    }
    list(into, prefix + "_name", names, block);
    list(into, prefix + "_range", ranges, block);
    list(into, prefix + "_include_values", included, block);
  }

  private String range(XmlElement range) {
    String min = range.attribute("min", "");
    String max = range.attribute("max", "");
    if (!PatternGroups.isRange(min, max)) {
      findings.cannot(
          range.place(),
          "cannot use a range from \""
              + PropertyReading.printable(min)
              + "\" to \""
              + PropertyReading.printable(max)
              + "\"",
          "use two numbers, the smaller one as min");
    }
    return min + "," + max;
  }

  private static void list(
      Map<String, Property> into, String name, List<String> values, XmlElement at) {
    if (!values.isEmpty()) {
      into.put(name, new Property(name, PropertyType.ASTRING, values, at.place()));
    }
  }
}
