package bespoke.manifest.yaml;

import org.jspecify.annotations.Nullable;

/// Checks the tokens of a method string (smf_method(7), `docs/methods.md`), so that a mistake shows
/// when it is made and not when the method runs.
///
/// Whether a property exists is not checked: it may be set later.
final class TokenSyntax {

  private static final String LETTERS = "%sifmr";

  private TokenSyntax() {}

  /// What is wrong, or null.
  static @Nullable String fault(String text) {
    int percent = text.indexOf('%');
    while (percent >= 0 && percent < text.length() - 1) {
      char letter = text.charAt(percent + 1);
      int next = percent + 2;
      if (letter == '{') {
        int close = closing(text, next);
        if (close < 0) {
          return "the token \"" + shortened(text.substring(percent)) + "\" has no }";
        }
        String fault = property(text.substring(next, close));
        if (fault != null) {
          return fault;
        }
        next = close + 1;
      } else if (LETTERS.indexOf(letter) < 0) {
        return "\"%" + letter + "\" is no token; write %% for a percent sign";
      }
      percent = text.indexOf('%', next);
    }
    return null;
  }

  /// What stands between the braces: a property, and perhaps an operator and a text with tokens.
  private static @Nullable String property(String body) {
    int operator = -1;
    for (int i = 0; i + 1 < body.length() && operator < 0; i++) {
      if (body.charAt(i) == ':' && "-+?".indexOf(body.charAt(i + 1)) >= 0) {
        operator = i;
      }
    }
    String name = operator < 0 ? body : body.substring(0, operator);
    if (name.isEmpty() || name.equals(",") || name.equals(":")) {
      return "the token \"%{" + shortened(body) + "}\" names no property";
    }
    return operator < 0 ? null : fault(body.substring(operator + 2));
  }

  /// The index of the closing brace past nested ones; a backslash takes the next character's
  /// meaning.
  private static int closing(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{' && i > from && "%$".indexOf(text.charAt(i - 1)) >= 0) {
        depth++;
      } else if (c == '}' && depth-- == 0) {
        return i;
      }
    }
    return -1;
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "…";
  }
}
