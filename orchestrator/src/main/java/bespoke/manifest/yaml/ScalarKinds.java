package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Kind;

/// Tells what an unquoted scalar is: YAML 1.2's JSON schema, stricter than its core schema.
///
/// `yes`, `on`, `0777` and `0x1f` are text, so that modes and names stay what was written.
final class ScalarKinds {

  private ScalarKinds() {}

  static Kind of(String text) {
    if (text.isEmpty()) {
      return Kind.NULL;
    }
    char first = text.charAt(0);
    if (first == '-' || first >= '0' && first <= '9') {
      return number(text);
    }
    return switch (text) {
      case "true", "false" -> Kind.BOOLEAN;
      case "null", "~" -> Kind.NULL;
      default -> Kind.TEXT;
    };
  }

  private static Kind number(String text) {
    int start = text.charAt(0) == '-' ? 1 : 0;
    int end = digits(text, start);
    boolean leadingZero = end > start + 1 && text.charAt(start) == '0';
    if (end == start || leadingZero) {
      return Kind.TEXT;
    }
    if (end == text.length()) {
      return Kind.INTEGER;
    }
    boolean decimal =
        text.charAt(end) == '.'
            && end + 1 < text.length()
            && digits(text, end + 1) == text.length();
    return decimal ? Kind.DECIMAL : Kind.TEXT;
  }

  private static int digits(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
