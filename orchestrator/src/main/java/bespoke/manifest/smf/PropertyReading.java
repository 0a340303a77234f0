package bespoke.manifest.smf;

import bespoke.manifest.Fidelity;
import bespoke.manifest.ImportMark;
import bespoke.manifest.NearestName;
import bespoke.manifest.yaml.PropertyText;
import bespoke.model.Fmri;
import bespoke.model.Names;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `<propval>`, `<property>` and `<stability>` inside of a group.
final class PropertyReading {

  /// The most values of one property.
  private static final int VALUES_MAX = 4096;

  private static final List<String> TYPES =
      Arrays.stream(PropertyType.values()).map(PropertyType::toString).toList();
  private static final String LIST = "_list";

  private final Fmri fmri;
  private final Patterns patterns;
  private final Findings findings;
  private final Set<String> forced = new HashSet<>();

  PropertyReading(Fmri fmri, Patterns patterns, Findings findings) {
    this.fmri = fmri;
    this.patterns = patterns;
    this.findings = findings;
  }

  /// Whether an attribute is a name; noted when it is not.
  boolean isName(XmlElement element, String attribute, String what) {
    String name = element.attribute(attribute, "");
    if (Names.isName(name)) {
      return true;
    }
    findings.cannot(
        element.placeOf(attribute),
        "cannot use \""
            + printable(name)
            + "\" as "
            + (what.startsWith("the") ? what : "the name of " + what),
        "use letters, digits, -, _ and ., at most " + Names.LENGTH_MAX + " characters");
    return false;
  }

  /// A text for a message: not too long.
  static String printable(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  /// Whether the file forces a property (`override`).
  boolean isForced(PropertyGroup group, Property property) {
    return forced.contains(group.name() + "/" + property.name());
  }

  /// The properties of an element that stands for a group.
  ///
  /// @param skip children that somebody else reads
  List<Property> of(XmlElement parent, String group, String groupType, Set<String> skip) {
    Map<String, Property> found = new LinkedHashMap<>();
    for (XmlElement child : parent.children()) {
      Optional<Property> property =
          switch (child.name()) {
            case "propval", "property" -> property(child, group, groupType);
            case "stability" ->
                Optional.of(
                    Property.of(
                        "stability",
                        PropertyType.ASTRING,
                        child.attribute("value", ""),
                        child.place()));
            default -> {
              if (!skip.contains(child.name())) {
                Vocabulary.unknown(child, parent, findings);
              }
              yield Optional.empty();
            }
          };
      property.ifPresent(one -> add(found, one, group, child));
    }
    return List.copyOf(found.values());
  }

  private void add(Map<String, Property> found, Property one, String group, XmlElement at) {
    Vocabulary.checkAttributes(at, findings);
    Property before = found.get(one.name());
    if (before != null && !at.is("override")) {
      findings.cannot(
          at.place(),
          "cannot set " + group + "/" + one.name() + " twice",
          "the first is at " + before.origin() + "; remove one or say override='true'");
    }
    if (at.is("override")) {
      forced.add(group + "/" + one.name());
      findings.mark(fmri, group, one.name(), ImportMark.Kind.OVERRIDE);
    }
    found.put(one.name(), one);
  }

  private Optional<Property> property(XmlElement element, String group, String groupType) {
    if (!isName(element, "name", "a property")) {
      return Optional.empty();
    }
    String name = element.attribute("name", "");
    List<XmlElement> nodes = nodes(element);
    if (nodes.size() > VALUES_MAX) {
      findings.cannot(
          element.place(),
          "cannot keep " + nodes.size() + " values of one property",
          "the limit is " + VALUES_MAX);
      return Optional.empty();
    }
    Optional<PropertyType> type = type(element, group, groupType, name, nodes);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>(nodes.size());
    for (XmlElement node : nodes) {
      values.add(value(node, type.get(), name));
    }
    return Optional.of(new Property(name, type.get(), values, element.place()));
  }

  /// The elements that carry the values.
  private List<XmlElement> nodes(XmlElement element) {
    if (element.name().equals("propval")) {
      return List.of(element);
    }
    List<XmlElement> nodes = new ArrayList<>();
    for (XmlElement list : element.children()) {
      if (!list.name().endsWith(LIST)) {
        Vocabulary.unknown(list, element, findings);
        continue;
      }
      for (XmlElement node : list.children()) {
        if (node.name().equals("value_node")) {
          nodes.add(node);
        } else {
          Vocabulary.unknown(node, list, findings);
        }
      }
    }
    return nodes;
  }

  private Optional<PropertyType> type(
      XmlElement element, String group, String groupType, String name, List<XmlElement> nodes) {
    Optional<String> listed =
        element.children().stream()
            .map(XmlElement::name)
            .filter(list -> list.endsWith(LIST))
            .map(list -> list.substring(0, list.length() - LIST.length()))
            .findFirst();
    Optional<String> said = element.attribute("type").or(() -> listed);
    if (said.isEmpty()) {
      return Optional.of(
          patterns.type(group, groupType, name).orElseGet(() -> implied(element, nodes)));
    }
    PropertyType type = PropertyType.named(said.get());
    if (type == null) {
      findings.cannot(
          element.placeOf("type"),
          "cannot use \"" + printable(said.get()) + "\" as a type",
          NearestName.hint(said.get(), TYPES));
      return Optional.empty();
    }
    if (listed.isPresent() && !listed.get().equals(said.get())) {
      findings.cannot(
          element.place(),
          "cannot put a <" + listed.get() + LIST + "> into a property of the type " + type,
          "use <" + type + LIST + ">");
      return Optional.empty();
    }
    return Optional.of(type);
  }

  /// No template tells the type: taken from the values, as YAML does.
  private PropertyType implied(XmlElement element, List<XmlElement> nodes) {
    PropertyType type = PropertyType.ASTRING;
    if (!nodes.isEmpty()) {
      List<String> values = nodes.stream().map(node -> node.attribute("value", "")).toList();
      if (values.stream().allMatch(text -> text.equals("true") || text.equals("false"))) {
        type = PropertyType.BOOLEAN;
      } else if (values.stream()
          .allMatch(text -> PropertyText.isValid(PropertyType.INTEGER, text))) {
        type = PropertyType.INTEGER;
      }
    }
    findings.attribute(
        Fidelity.APPROXIMATED,
        element,
        "type",
        "no template tells the type of "
            + element.attribute("name", "")
            + "; "
            + type
            + " by its value");
    return type;
  }

  private String value(XmlElement node, PropertyType type, String name) {
    Optional<String> text = node.attribute("value");
    if (text.isEmpty()) {
      findings.cannot(node.place(), "cannot set " + name + " without value=", "add it");
      return "";
    }
    String value = Canonical.of(type, text.get());
    if (!PropertyText.isValid(type, value)) {
      findings.cannot(
          node.placeOf("value"),
          "cannot use \"" + printable(text.get()) + "\" as " + type + " in " + name,
          value.length() > PropertyText.LENGTH_MAX
              ? "it is longer than " + PropertyText.LENGTH_MAX + " characters"
              : "use " + PropertyText.what(type));
    }
    return value;
  }
}
