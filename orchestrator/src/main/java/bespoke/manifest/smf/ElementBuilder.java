package bespoke.manifest.smf;

import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds an element that is to be written.
final class ElementBuilder {

  private static final Origin.File NOWHERE = new Origin.File("", 1, 1);

  private final String name;
  private final Map<String, XmlElement.Attribute> attributes = new LinkedHashMap<>();
  private final List<XmlElement> children = new ArrayList<>(0);
  private String text = "";

  ElementBuilder(String name) {
    this.name = name;
  }

  ElementBuilder with(String attribute, String value) {
    attributes.put(attribute, new XmlElement.Attribute(value, NOWHERE));
    return this;
  }

  ElementBuilder add(XmlElement child) {
    children.add(child);
    return this;
  }

  ElementBuilder addAll(List<XmlElement> more) {
    children.addAll(more);
    return this;
  }

  ElementBuilder text(String content) {
    text = content;
    return this;
  }

  boolean isEmpty() {
    return attributes.isEmpty() && children.isEmpty();
  }

  XmlElement build() {
    return new XmlElement(name, attributes, children, text, NOWHERE);
  }
}
