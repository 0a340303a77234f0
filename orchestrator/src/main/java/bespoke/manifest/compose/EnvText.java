package bespoke.manifest.compose;

import java.util.LinkedHashMap;
import java.util.Map;

/// Reads files of variables such as `.env`: `NAME=value`, with comments and quotes as compose takes
/// them. What is no such line is passed over.
final class EnvText {
  private static final int VARIABLES_MAX = 10_000;

  private EnvText() {}

  static Map<String, String> read(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String raw : text.split("\n", -1)) {
      String line = raw.strip();
      if (line.startsWith("export ")) {
        line = line.substring("export ".length()).strip();
      }
      int equals = line.indexOf('=');
      if (line.startsWith("#") || equals <= 0 || variables.size() >= VARIABLES_MAX) {
        continue;
      }
      String name = line.substring(0, equals).strip();
      if (name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
        variables.put(name, value(line.substring(equals + 1).strip()));
      }
    }
    return variables;
  }

  private static String value(String text) {
    if (text.length() >= 2 && text.startsWith("'") && text.indexOf('\'', 1) > 0) {
      return text.substring(1, text.indexOf('\'', 1));
    }
    if (text.startsWith("\"")) {
      StringBuilder out = new StringBuilder();
      for (int i = 1; i < text.length() && text.charAt(i) != '"'; i++) {
        char c = text.charAt(i);
        if (c == '\\' && i + 1 < text.length()) {
          char escaped = text.charAt(++i);
          out.append(
              switch (escaped) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                default -> escaped;
              });
        } else {
          out.append(c);
        }
      }
      return out.toString();
    }
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment).strip();
  }
}
