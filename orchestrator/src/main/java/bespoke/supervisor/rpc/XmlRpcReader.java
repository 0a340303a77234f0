package bespoke.supervisor.rpc;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML-RPC calls and responses. Document types and external entities are refused, depth and
/// counts are limited.
public final class XmlRpcReader {
  private static final int DEPTH_MAX = 32;
  private static final int VALUES_MAX = 1_000_000;

  private final XMLStreamReader xml;
  private int values;

  private XmlRpcReader(byte[] body) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
  }

  /// Reads a `methodCall`.
  public static MethodCall call(byte[] body) throws MalformedXmlException {
    try {
      var reader = new XmlRpcReader(body);
      reader.open("methodCall");
      reader.open("methodName");
      String name = reader.text().strip();
      var parameters = new ArrayList<Object>();
      if (reader.next("params")) {
        while (reader.next("param")) {
          reader.open("value");
          parameters.add(reader.value(0));
          reader.close("param");
        }
      }
      return new MethodCall(name, parameters);
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new MalformedXmlException(String.valueOf(e.getMessage()));
    }
  }

  /// Reads a `methodResponse`.
  ///
  /// @throws RemoteFault if it carries a fault
  public static Object response(byte[] body) throws MalformedXmlException, RemoteFault {
    try {
      var reader = new XmlRpcReader(body);
      reader.open("methodResponse");
      String kind = reader.openAny();
      if (kind.equals("params")) {
        reader.open("param");
      } else if (!kind.equals("fault")) {
        throw new MalformedXmlException("<" + kind + "> in a response");
      }
      reader.open("value");
      Object value = reader.value(0);
      if (kind.equals("fault") && value instanceof Map<?, ?> fault) {
        throw RemoteFault.of(fault);
      }
      return value;
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new MalformedXmlException(String.valueOf(e.getMessage()));
    }
  }

  private String openAny() throws XMLStreamException, MalformedXmlException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return xml.getLocalName();
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        throw new MalformedXmlException("unexpected end of <" + xml.getLocalName() + ">");
      }
    }
    throw new MalformedXmlException("unexpected end");
  }

  private void open(String name) throws XMLStreamException, MalformedXmlException {
    String found = openAny();
    if (!found.equals(name)) {
      throw new MalformedXmlException("<" + found + "> instead of <" + name + ">");
    }
  }

  /// Enters the next element if it has this name; leaves the enclosing element otherwise.
  private boolean next(String name) throws XMLStreamException, MalformedXmlException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (!xml.getLocalName().equals(name)) {
          throw new MalformedXmlException("<" + xml.getLocalName() + "> instead of <" + name + ">");
        }
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        return false;
      }
    }
    return false;
  }

  private void close(String name) throws XMLStreamException, MalformedXmlException {
    if (next("/" + name)) {
      throw new MalformedXmlException("no end of <" + name + ">");
    }
  }

  private String text() throws XMLStreamException {
    return xml.getElementText();
  }

  /// Reads from inside `<value>` to its end.
  private Object value(int depth) throws XMLStreamException, MalformedXmlException {
    if (depth > DEPTH_MAX || ++values > VALUES_MAX) {
      throw new MalformedXmlException("too deep or too many values");
    }
    var untyped = new StringBuilder();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.CHARACTERS
          || event == XMLStreamConstants.CDATA
          || event == XMLStreamConstants.SPACE) {
        untyped.append(xml.getText());
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        return untyped.toString();
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        Object typed = typed(xml.getLocalName(), depth);
        close("value");
        return typed;
      }
    }
    throw new MalformedXmlException("unexpected end of <value>");
  }

  private Object typed(String type, int depth) throws XMLStreamException, MalformedXmlException {
    return switch (type) {
      case "string", "dateTime.iso8601" -> text();
      case "int", "i4" -> Integer.valueOf(text().strip());
      case "boolean" -> bool(text().strip());
      case "double" -> Double.valueOf(text().strip());
      case "base64" -> Base64.getMimeDecoder().decode(text());
      case "array" -> array(depth);
      case "struct" -> struct(depth);
      default -> throw new MalformedXmlException("unknown type <" + type + ">");
    };
  }

  private static Boolean bool(String text) throws MalformedXmlException {
    return switch (text) {
      case "1" -> true;
      case "0" -> false;
      default -> throw new MalformedXmlException("boolean " + text);
    };
  }

  private List<Object> array(int depth) throws XMLStreamException, MalformedXmlException {
    open("data");
    var elements = new ArrayList<Object>();
    while (next("value")) {
      elements.add(value(depth + 1));
    }
    close("array");
    return elements;
  }

  private Map<String, Object> struct(int depth) throws XMLStreamException, MalformedXmlException {
    var members = new LinkedHashMap<String, Object>();
    while (next("member")) {
      open("name");
      String name = text();
      open("value");
      members.put(name, value(depth + 1));
      close("member");
    }
    return members;
  }
}
