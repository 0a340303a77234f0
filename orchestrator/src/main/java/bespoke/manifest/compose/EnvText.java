package bespoke.manifest.compose;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads files of variables such as `.env`: `NAME=value`, with comments and quotes as compose takes
/// them. What is no such line is passed over. Variables in values are replaced, other than between
/// single quotes: by what stands before them in the file, else by what is known outside.
final class EnvText {
  private static final int VARIABLES_MAX = 10_000;

  private EnvText() {}

  /// @param outer what is known outside
  /// @param listener is told what cannot be replaced, or has no value
  static Map<String, String> read(
      String text, Map<String, String> outer, Interpolation.Listener listener) {
    Map<String, String> known = new HashMap<>(outer);
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
        String value = value(line.substring(equals + 1).strip(), known, listener);
        variables.put(name, value);
        known.put(name, value);
      }
    }
    return variables;
  }

  private static String value(
      String text, Map<String, String> known, Interpolation.Listener listener) {
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
                case 'n' -> "\n";
                case 't' -> "\t";
                case 'r' -> "\r";
                case '$' -> "$$";
                default -> String.valueOf(escaped);
              });
        } else {
          out.append(c);
        }
      }
      return replaced(out.toString(), known, listener);
    }
    int comment = text.indexOf(" #");
    String bare = comment < 0 ? text : text.substring(0, comment).strip();
    return replaced(bare, known, listener);
  }

  private static String replaced(
      String text, Map<String, String> known, Interpolation.Listener listener) {
    return text.indexOf('$') < 0 ? text : new Interpolation(known).replace(text, listener);
  }
}
