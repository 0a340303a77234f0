package bespoke.supervisor.convert;

import java.util.List;

/// Texts as they are written into a description.
final class Scalar {
  private Scalar() {}

  /// The words of a command as one line, for a shell where they need one.
  static String commandLine(List<String> words) {
    boolean plain = words.stream().allMatch(Scalar::isPlain);
    String line = String.join(" ", words.stream().map(Scalar::shellQuoted).toList());
    return (plain ? line : "exec " + line).replace("%", "%%");
  }

  private static boolean isPlain(String word) {
    return word.matches("[A-Za-z0-9_./:=@+,-]+");
  }

  private static String shellQuoted(String word) {
    return isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /// A double-quoted YAML scalar.
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format(java.util.Locale.ROOT, "\\x%02x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
