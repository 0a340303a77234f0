package bespoke.supervisor.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Writes XML-RPC calls and responses.
public final class XmlRpcWriter {
  private final StringBuilder out = new StringBuilder(512).append("<?xml version='1.0'?>\n");

  private XmlRpcWriter() {}

  public static byte[] call(MethodCall call) {
    var writer = new XmlRpcWriter();
    writer.out.append("<methodCall>\n<methodName>");
    writer.escaped(call.method());
    writer.out.append("</methodName>\n<params>\n");
    for (Object parameter : call.parameters()) {
      writer.out.append("<param>\n");
      writer.value(parameter);
      writer.out.append("</param>\n");
    }
    writer.out.append("</params>\n</methodCall>\n");
    return writer.bytes();
  }

  public static byte[] response(Object value) {
    var writer = new XmlRpcWriter();
    writer.out.append("<methodResponse>\n<params>\n<param>\n");
    writer.value(value);
    writer.out.append("</param>\n</params>\n</methodResponse>\n");
    return writer.bytes();
  }

  public static byte[] fault(Fault fault) {
    var writer = new XmlRpcWriter();
    writer.out.append("<methodResponse>\n<fault>\n");
    writer.value(struct(fault));
    writer.out.append("</fault>\n</methodResponse>\n");
    return writer.bytes();
  }

  /// A fault as a value, as in the results of `system.multicall`.
  public static Map<String, Object> struct(Fault fault) {
    return Map.of("faultCode", fault.code().code(), "faultString", fault.text());
  }

  private byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(Object value) {
    out.append("<value>");
    switch (value) {
      case String text -> {
        out.append("<string>");
        escaped(text);
        out.append("</string>");
      }
      case Boolean bool -> out.append("<boolean>").append(bool ? '1' : '0').append("</boolean>");
      case Integer number -> out.append("<int>").append(number.intValue()).append("</int>");
      case Long number ->
          out.append("<int>").append(Math.clamp(number, 0, Integer.MAX_VALUE)).append("</int>");
      case Double number -> out.append("<double>").append(number.doubleValue()).append("</double>");
      case byte[] bytes ->
          out.append("<base64>")
              .append(Base64.getEncoder().encodeToString(bytes))
              .append("</base64>");
      case List<?> elements -> array(elements);
      case Map<?, ?> members -> struct(members);
      default -> throw new IllegalArgumentException("no XML-RPC type for " + value.getClass());
    }
    out.append("</value>\n");
  }

  private void array(List<?> elements) {
    out.append("<array><data>\n");
    elements.forEach(this::value);
    out.append("</data></array>");
  }

  private void struct(Map<?, ?> members) {
    out.append("<struct>\n");
    members.forEach((name, value) -> {
      out.append("<member>\n<name>");
      escaped(name.toString());
      out.append("</name>\n");
      value(value);
      out.append("</member>\n");
    });
    out.append("</struct>");
  }

  /// Characters that XML cannot carry become U+FFFD.
  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\r' -> out.append("&#13;");
        case '\t', '\n' -> out.append(c);
        default -> out.append(isCharacter(text, i) ? c : '\uFFFD');
      }
    }
  }

  private static boolean isCharacter(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c >= 0x20 && c != '\uFFFE' && c != '\uFFFF';
  }
}
