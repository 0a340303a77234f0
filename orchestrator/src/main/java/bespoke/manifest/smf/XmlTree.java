package bespoke.manifest.smf;

import bespoke.model.Origin;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Parses a document into a tree.
///
/// The DTD that a document names is never read, an entity that it defines is refused, nothing
/// outside is opened (XML 1.0, 4.4; "XML external entities", "billion laughs").
final class XmlTree {

  /// Elements inside of elements; the DTD needs 11, nested bundles a few more.
  static final int DEPTH_MAX = 64;

  /// Elements of a file.
  static final int ELEMENTS_MAX = 200_000;

  private static final String MESSAGE = "Message: ";

  private final XmlText text;
  private final Findings findings;
  private final XMLStreamReader reader;
  private final TagPlaces places;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable XmlElement root;
  private int elements;
  private boolean refused;

  /// An element whose end is still to come.
  private record Open(
      String name,
      Map<String, XmlElement.Attribute> attributes,
      List<XmlElement> children,
      StringBuilder text,
      Origin.File place) {
    XmlElement close() {
      return new XmlElement(name, attributes, children, text.toString(), place);
    }
  }

  private XmlTree(XmlText text, Findings findings) throws XMLStreamException {
    this.text = text;
    this.findings = findings;
    this.places = new TagPlaces(text.text());
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException(MESSAGE + "nothing outside of the file is read");
    });
    this.reader = factory.createXMLStreamReader(new StringReader(text.text()));
  }

  /// The root element, or null when the document cannot be read; the problem is noted then.
  static @Nullable XmlElement parse(XmlText text, Findings findings) {
    try {
      XmlTree tree = new XmlTree(text, findings);
      tree.all();
      return tree.refused ? null : tree.root;
    } catch (XMLStreamException e) {
      findings.cannot(place(text, e), "cannot read the XML: " + message(e), "correct the file");
      return null;
    } catch (MissingResourceException e) {
      // the JDK has no message for some mistakes in a DTD, and does not say where they are
      findings.cannot(
          text.place(Math.max(0, text.text().indexOf("<!DOCTYPE"))),
          "cannot read the XML: its DTD is broken",
          "remove everything between [ and ]");
      return null;
    }
  }

  private static Origin.File place(XmlText text, XMLStreamException e) {
    Location at = e.getLocation();
    return text.place(at == null ? 0 : Math.max(0, at.getCharacterOffset()));
  }

  private static String message(XMLStreamException e) {
    String whole = String.valueOf(e.getMessage());
    int from = whole.indexOf(MESSAGE);
    String message = from < 0 ? whole : whole.substring(from + MESSAGE.length());
    String line = message.strip().lines().findFirst().orElse("it is not well-formed");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  private void all() throws XMLStreamException {
    while (!refused && reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> start();
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (!open.isEmpty()) {
            open.getLast().text().append(reader.getText());
          }
        }
        case XMLStreamConstants.DTD -> dtd();
        case XMLStreamConstants.ENTITY_REFERENCE ->
            refuse(
                text.place(places.at()),
                "cannot replace the entity &" + reader.getLocalName() + ";",
                "write its text");
        default -> {}
      }
    }
  }

  private void refuse(Origin.File at, String message, String hint) {
    findings.cannot(at, message, hint);
    refused = true;
  }

  /// The name of the DTD says nothing new; definitions inside of the document are refused.
  private void dtd() {
    int begin = places.doctype();
    int definition = text.text().indexOf("<!ENTITY", begin);
    if (definition >= 0 && definition < places.at()) {
      refuse(
          text.place(definition), "cannot define entities", "write their text where they are used");
    }
  }

  private void start() {
    TagPlaces.Tag tag = places.next();
    Origin.File place = text.place(tag.begin());
    if (++elements > ELEMENTS_MAX) {
      refuse(place, "cannot read more than " + ELEMENTS_MAX + " elements", "split the file");
    } else if (open.size() >= DEPTH_MAX) {
      refuse(place, "cannot read elements nested deeper than " + DEPTH_MAX, "flatten the file");
    } else {
      Map<String, XmlElement.Attribute> attributes = new LinkedHashMap<>();
      List<String> names = List.copyOf(tag.attributes().keySet());
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        String local = reader.getAttributeLocalName(i);
        String name = i < names.size() ? names.get(i) : local; // the parser drops prefixes
        int at = tag.attributes().getOrDefault(name, tag.begin());
        attributes.put(name, new XmlElement.Attribute(reader.getAttributeValue(i), text.place(at)));
      }
      open.addLast(
          new Open(
              localName(reader.getLocalName()),
              attributes,
              new ArrayList<>(0),
              new StringBuilder(0),
              place));
    }
  }

  private static String localName(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private void end() {
    XmlElement element = open.removeLast().close();
    if (open.isEmpty()) {
      root = element;
    } else {
      open.getLast().children().add(element);
    }
  }
}
