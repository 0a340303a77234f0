package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Kind;
import bespoke.manifest.yaml.YamlNode.Scalar;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/// Prints single values: without quotes where every YAML reader agrees that it is text.
final class YamlScalars {

  /// Words that some readers take for booleans or nothing (YAML 1.1).
  private static final Set<String> SPECIAL =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf");

  /// What may stand in plain text besides letters and digits.
  private static final String PLAIN_MARKS = "_/.+-@=()% ";

  private YamlScalars() {}

  /// A key.
  static String key(String text) {
    return isPlain(text, false) && text.indexOf(' ') < 0 ? text : quoted(text);
  }

  /// Text inside of `[]` or `{}`.
  static String flowText(String text) {
    return isPlain(text, false) ? text : quoted(text);
  }

  /// A value after a colon; text of several lines becomes a block.
  static String value(Scalar scalar, int indent) {
    if (scalar.kind() != Kind.TEXT) {
      return scalar.text();
    }
    String text = scalar.text();
    if (isBlock(text)) {
      return block(text, indent + 2);
    }
    return isPlain(text, true) ? text : quoted(text);
  }

  private static boolean isPlain(String text, boolean block) {
    if (text.isEmpty() || SPECIAL.contains(text.toLowerCase(Locale.ROOT))) {
      return false;
    }
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    if (!isLetter(first) && first != '/' || last == ' ' || last == ':') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!isPlain(text, i, block)) {
        return false;
      }
    }
    return true;
  }

  /// Outside of brackets, only blanks make colons and hash marks special.
  private static boolean isPlain(String text, int i, boolean block) {
    char c = text.charAt(i);
    if (isLetter(c) || c >= '0' && c <= '9' || PLAIN_MARKS.indexOf(c) >= 0) {
      return true;
    }
    return switch (c) {
      case ':' -> block && text.charAt(i + 1) != ' ';
      case '#' -> block && text.charAt(i - 1) != ' ';
      default -> block && c > ' ' && c < 0x7F;
    };
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /// Several lines that a literal block keeps as they are.
  private static boolean isBlock(String text) {
    if (text.indexOf('\n') < 0 || text.charAt(0) <= ' ' || text.endsWith("\n\n")) {
      return false;
    }
    return text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7F || c >= 0xA0 && c < 0x2000);
  }

  private static String block(String text, int indent) {
    boolean ended = text.endsWith("\n");
    StringBuilder block = new StringBuilder(ended ? "|" : "|-");
    String body = ended ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      block.append('\n');
      if (!line.isEmpty()) {
        block.append(" ".repeat(indent)).append(line);
      }
    }
    return block.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> {
          boolean printable =
              c >= ' ' && c < 0x7F || c >= 0xA0 && c < 0x2000 || Character.isSurrogate(c);
          quoted.append(printable ? c : "\\u" + HexFormat.of().toHexDigits(c));
        }
      }
    }
    return quoted.append('"').toString();
  }
}
