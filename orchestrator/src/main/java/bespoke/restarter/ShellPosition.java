package bespoke.restarter;

/// Where in a shell command a value would stand, found by reading the command up to there
/// (POSIX.1-2024, Shell Command Language, 2.2 Quoting).
///
/// A value must be quoted differently outside quotes, inside '…' and inside "…". Inside a command
/// substitution, backquotes or a here-document no quoting is right in every case; there only values
/// without special characters are allowed. So a value can never become syntax.
final class ShellPosition {

  private enum State {
    BARE,
    SINGLE,
    DOUBLE,
    COMMENT,
    /// Inside `${`, as long as a plain name follows.
    NAME,
    /// Inside or after a construct that is not followed further.
    UNKNOWN
  }

  private State state = State.BARE;
  private State aroundName = State.BARE;
  private boolean escaped;
  private boolean wordStart = true;
  private char previous = ' ';

  /// Reads a piece of the command as its author wrote it.
  void read(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      read(literal.charAt(i));
    }
  }

  private void read(char c) {
    if (state == State.UNKNOWN) {
      return;
    }
    if (escaped) {
      escaped = false;
      wordStart = false;
      previous = 'x';
      return;
    }
    switch (state) {
      case BARE -> bare(c);
      case SINGLE -> state = c == '\'' ? State.BARE : state;
      case DOUBLE -> quoted(c);
      case COMMENT -> state = c == '\n' ? State.BARE : state;
      case NAME -> name(c);
      case UNKNOWN -> {}
    }
    wordStart = state == State.BARE && " \t\n;&|()".indexOf(c) >= 0;
    previous = c;
  }

  private void bare(char c) {
    if (startsSubstitution(c)) {
      return;
    }
    if (previous == '<' && c == '<' || previous == '$' && c == '\'') {
      state = State.UNKNOWN;
      return;
    }
    switch (c) {
      case '\\' -> escaped = true;
      case '\'' -> state = State.SINGLE;
      case '"' -> state = State.DOUBLE;
      case '#' -> state = wordStart ? State.COMMENT : state;
      default -> {}
    }
  }

  private void quoted(char c) {
    if (startsSubstitution(c)) {
      return;
    }
    if (c == '\\') {
      escaped = true;
    } else if (c == '"') {
      state = State.BARE;
    }
  }

  private boolean startsSubstitution(char c) {
    if (c == '{' && previous == '$') {
      aroundName = state;
      state = State.NAME;
      return true;
    }
    if (c == '`' || c == '(' && previous == '$') {
      state = State.UNKNOWN;
      return true;
    }
    return false;
  }

  private void name(char c) {
    if (c == '}') {
      state = aroundName;
    } else if (!Character.isLetterOrDigit(c) && c != '_') {
      state = State.UNKNOWN;
    }
  }

  /// The value as it must be written at this place.
  ///
  /// @throws TokenException if there is no safe way; the message says what to do
  String quote(String name, String value) throws TokenException {
    wordStart = false;
    previous = 'x';
    if (isPlain(value)) {
      escaped = false;
      return value;
    }
    if (escaped) {
      throw new TokenException(
          "property \"" + name + "\" stands behind a backslash; remove the backslash");
    }
    return switch (state) {
      case BARE -> bareQuoted(value);
      case SINGLE -> value.replace("'", "'\\''");
      case DOUBLE -> doubleQuoted(value);
      case COMMENT -> value.replace('\n', ' ');
      case NAME, UNKNOWN ->
          throw new TokenException(
              "the value of property \""
                  + name
                  + "\" needs quoting, which is not possible inside or after ${…}, $(…), backquotes"
                  + " or <<; put the token before it or pass the value in the environment");
    };
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!isPlain(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "_-./:@%+,".indexOf(c) >= 0;
  }

  private static String bareQuoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n') {
        quoted.append("'\n'"); // a backslash would make it a line continuation
      } else if (isPlain(c) || c > '~') {
        quoted.append(c);
      } else {
        quoted.append('\\').append(c);
      }
    }
    return quoted.toString();
  }

  private static String doubleQuoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\' || c == '$' || c == '`') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.toString();
  }
}
