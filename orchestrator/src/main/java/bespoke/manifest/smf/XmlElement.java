package bespoke.manifest.smf;

import bespoke.model.Origin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An element of a document with its place.
///
/// @param name without a namespace prefix
/// @param attributes by name, in their order
/// @param children in their order
/// @param text all character data directly inside of it
/// @param place of its `<`
record XmlElement(
    String name,
    Map<String, Attribute> attributes,
    List<XmlElement> children,
    String text,
    Origin.File place) {

  /// The value of an attribute and the place of its name.
  record Attribute(String value, Origin.File place) {}

  XmlElement {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
  }

  /// The value of an attribute.
  Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute)).map(Attribute::value);
  }

  /// The value of an attribute, or what the DTD says when it is absent.
  String attribute(String attribute, String otherwise) {
    return attribute(attribute).orElse(otherwise);
  }

  /// Whether an attribute is `true`.
  boolean is(String attribute) {
    return attribute(attribute, "").equals("true");
  }

  /// The place of an attribute, or of the element when it is not there.
  Origin.File placeOf(String attribute) {
    Attribute found = attributes.get(attribute);
    return found == null ? place : found.place();
  }

  /// The children of a name.
  List<XmlElement> all(String child) {
    return children.stream().filter(element -> element.name().equals(child)).toList();
  }

  /// The first child of a name.
  Optional<XmlElement> first(String child) {
    return children.stream().filter(element -> element.name().equals(child)).findFirst();
  }

  /// The element as the report names it: `<dependency fs>`.
  String label() {
    return attribute("name").map(value -> "<" + name + " " + value + ">").orElse("<" + name + ">");
  }
}
