package bespoke.manifest.smf;

import bespoke.model.Names;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `<notification_parameters>`: a group for each event, with properties such as `smtp,to`.
final class NotificationElements {

  /// The type of these groups.
  static final String TYPE = "notify_params";

  private NotificationElements() {}

  static List<PropertyGroup> groups(XmlElement element, Findings findings) {
    Map<String, Property> properties = new LinkedHashMap<>();
    List<PropertyGroup> groups = new ArrayList<>();
    for (XmlElement child : element.children()) {
      switch (child.name()) {
        case "type" -> type(child, properties, findings);
        case "event" -> Vocabulary.checkAttributes(child, findings);
        default -> Vocabulary.unknown(child, element, findings);
      }
    }
    // The DTD has an element for the event; some write it as an attribute.
    XmlElement at = element.first("event").orElse(element);
    String key = element.first("event").isPresent() ? "value" : "event";
    for (String event : at.attribute(key, "").strip().split("[, \t\n]+", -1)) {
      if (Names.isName(event)) {
        groups.add(PropertyGroup.of(event, TYPE, properties.values(), element.place()));
      } else {
        findings.cannot(
            at.placeOf(key),
            "cannot use \"" + PropertyReading.printable(event) + "\" as an event",
            "use the name of an event such as to-maintenance");
      }
    }
    findings.dropped(element, "kept, but bespoke sends no mail; svcs -w shows every transition");
    return groups;
  }

  private static void type(XmlElement type, Map<String, Property> properties, Findings findings) {
    Vocabulary.checkAttributes(type, findings);
    String name = type.attribute("name", "");
    put(
        properties,
        name + ",active",
        PropertyType.BOOLEAN,
        List.of(type.attribute("active", "true")),
        type,
        findings);
    for (XmlElement child : type.children()) {
      String property = name + "," + child.attribute("name", "");
      switch (child.name()) {
        case "parameter" ->
            put(
                properties,
                property,
                PropertyType.ASTRING,
                child.all("value_node").stream().map(node -> node.attribute("value", "")).toList(),
                child,
                findings);
        case "paramval" ->
            put(
                properties,
                property,
                PropertyType.ASTRING,
                List.of(child.attribute("value", "")),
                child,
                findings);
        default -> Vocabulary.unknown(child, type, findings);
      }
    }
  }

  private static void put(
      Map<String, Property> properties,
      String name,
      PropertyType type,
      List<String> values,
      XmlElement at,
      Findings findings) {
    if (Names.isName(name)) {
      properties.put(name, new Property(name, type, values, at.place()));
    } else {
      findings.cannot(
          at.placeOf("name"),
          "cannot use \"" + PropertyReading.printable(name) + "\" as a parameter",
          "use a name of letters, digits, - and _");
    }
  }
}
