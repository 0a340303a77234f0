package bespoke.manifest.smf;

import java.util.Map;

/// Prints elements: indented, attributes in single quotes, as the manifests of illumos are.
final class XmlPrinter {

  private static final int WIDTH = 100;

  private final StringBuilder out = new StringBuilder();

  /// The whole document.
  static String document(XmlElement root) {
    XmlPrinter printer = new XmlPrinter();
    printer.out.append("<?xml version='1.0' encoding='UTF-8'?>\n");
    printer.out.append(
        "<!DOCTYPE service_bundle SYSTEM '/usr/share/lib/xml/dtd/service_bundle.dtd.1'>\n");
    printer.element(root, 0);
    return printer.out.toString();
  }

  private void element(XmlElement element, int indent) {
    String margin = " ".repeat(indent);
    int start = out.length();
    out.append(margin).append('<').append(element.name());
    attributes(element, " ");
    if (out.length() - start > WIDTH && element.attributes().size() > 1) {
      out.setLength(start);
      out.append(margin).append('<').append(element.name());
      attributes(element, "\n" + margin + "    ");
    }
    if (element.children().isEmpty() && element.text().isEmpty()) {
      out.append("/>\n");
      return;
    }
    out.append('>');
    if (element.children().isEmpty()) {
      escape(element.text(), false);
    } else {
      out.append('\n');
      element.children().forEach(child -> element(child, indent + 2));
      out.append(margin);
    }
    out.append("</").append(element.name()).append(">\n");
  }

  private void attributes(XmlElement element, String separator) {
    for (Map.Entry<String, XmlElement.Attribute> attribute : element.attributes().entrySet()) {
      out.append(separator).append(attribute.getKey()).append("='");
      escape(attribute.getValue().value(), true);
      out.append('\'');
    }
  }

  /// White space in an attribute would come back as blanks.
  private void escape(String text, boolean attribute) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '\'' -> out.append(attribute ? "&apos;" : "'");
        case '\n', '\t' -> {
          if (attribute) {
            out.append("&#").append((int) c).append(';');
          } else {
            out.append(c);
          }
        }
        case '\r' -> out.append("&#13;");
        default -> out.append(c);
      }
    }
  }

  /// Whether XML has a way to write a text (XML 1.0, 2.2).
  static boolean canWrite(String text) {
    return text.codePoints()
        .allMatch(c ->
            c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000);
  }
}
