package bespoke.cli.render;

/// Writes property values so that a person, a shell or `svccfg` can read them back.
public final class PropertyText {

  private static final String SHELL_SPECIALS = "\t\n !\"#$&'()*;<=>?[\\]^`{|}~";

  private PropertyText() {}

  /// In double quotes when it has blanks, quotes or parentheses in it, as `svccfg` does.
  public static String quoted(String value) {
    if (!value.isEmpty() && !hasAny(value, " \t\n\"\\();|&<>")) {
      return value;
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /// With a backslash before what a shell would not take literally, as `svcprop` does; `""` when
  /// empty.
  public static String shellQuoted(String value) {
    if (value.isEmpty()) {
      return "\"\"";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (SHELL_SPECIALS.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  private static boolean hasAny(String value, String characters) {
    for (int i = 0; i < value.length(); i++) {
      if (characters.indexOf(value.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
