package bespoke.model;

/// What may be a name in an FMRI (smf(7)): letters, digits, `-` and `_`, beginning with a letter,
/// with an optional provider prefix such as `com.example,`.
///
/// One relaxation: an instance or a property group may begin with a digit, hold a `.`, and a
/// property may too, because supervisord's process names (`web:00`) and ports do; a service
/// component may not.
public final class Names {

  /// The longest single name, in characters (smf(7)).
  public static final int LENGTH_MAX = 119;

  private Names() {}

  /// Whether the text is a service path: one or more components separated by `/`.
  public static boolean isServicePath(String path) {
    if (path.isEmpty() || path.length() > LENGTH_MAX) {
      return false;
    }
    int start = 0;
    while (true) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (!isComponent(path, start, end)) {
        return false;
      }
      if (slash < 0) {
        return true;
      }
      start = slash + 1;
    }
  }

  /// Whether the text is the name of an instance, property group or property.
  public static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LENGTH_MAX) {
      return false;
    }
    int comma = name.indexOf(',');
    return comma < 0
        ? isIdentifier(name, 0, name.length(), true)
        : isIdentifier(name, 0, comma, true) && isIdentifier(name, comma + 1, name.length(), true);
  }

  /// @throws IllegalArgumentException if the text is no service path
  public static void requireServicePath(String path) {
    if (!isServicePath(path)) {
      throw new IllegalArgumentException(
          "the service name \""
              + path
              + "\" is not valid: components of letters, digits, - and _"
              + " that begin with a letter, separated by /");
    }
  }

  /// @throws IllegalArgumentException if the text is no name
  public static void requireName(String what, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " name \""
              + name
              + "\" is not valid: letters, digits, -, _ and .,"
              + " beginning with a letter or digit, at most "
              + LENGTH_MAX
              + " characters");
    }
  }

  private static boolean isComponent(String text, int start, int end) {
    int comma = text.indexOf(',', start);
    if (comma < 0 || comma >= end) {
      return isIdentifier(text, start, end, false);
    }
    return isIdentifier(text, start, comma, true) && isIdentifier(text, comma + 1, end, false);
  }

  private static boolean isIdentifier(String text, int start, int end, boolean lenient) {
    if (start >= end) {
      return false;
    }
    char first = text.charAt(start);
    if (!isLetter(first) && !(lenient && isDigit(first))) {
      return false;
    }
    for (int i = start + 1; i < end; i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !isDigit(c) && c != '-' && c != '_' && !(lenient && c == '.')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
