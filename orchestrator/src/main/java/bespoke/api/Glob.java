package bespoke.api;

/// A pattern of fnmatch(3) without flags: `*`, `?`, `[…]` and `\`, all of which match `/` and `:`
/// too.
///
/// Time is at most the product of both lengths; there is no recursion.
public final class Glob {

  private final String pattern;

  /// A pattern; an unclosed bracket stands for itself.
  public Glob(String pattern) {
    this.pattern = pattern;
  }

  /// Whether a text holds anything that makes it a pattern.
  public static boolean isGlob(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  /// Whether the whole text matches.
  public boolean matches(String text) {
    int at = 0;
    int p = 0;
    int star = -1;
    int starAt = 0;
    while (at < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        starAt = at;
      } else if (p < pattern.length() && matchesOne(p, text.charAt(at))) {
        p = after(p);
        at++;
      } else if (star >= 0) {
        p = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private boolean matchesOne(int p, char c) {
    char first = pattern.charAt(p);
    if (first == '?') {
      return true;
    }
    if (first == '[' && closing(p) > 0) {
      return matchesBracket(p, closing(p), c);
    }
    if (first == '\\' && p + 1 < pattern.length()) {
      return pattern.charAt(p + 1) == c;
    }
    return first == c;
  }

  private int after(int p) {
    char first = pattern.charAt(p);
    if (first == '[' && closing(p) > 0) {
      return closing(p) + 1;
    }
    return first == '\\' && p + 1 < pattern.length() ? p + 2 : p + 1;
  }

  /// The index of the bracket's end, or -1; a `]` right after the beginning is a member.
  private int closing(int open) {
    int from = open + 1;
    if (from < pattern.length() && isNegation(pattern.charAt(from))) {
      from++;
    }
    return pattern.indexOf(']', from + 1);
  }

  private boolean matchesBracket(int open, int close, char c) {
    int i = open + 1;
    boolean negated = isNegation(pattern.charAt(i));
    if (negated) {
      i++;
    }
    boolean found = false;
    while (i < close) {
      char low = pattern.charAt(i);
      boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
      char high = range ? pattern.charAt(i + 2) : low;
      found |= low <= c && c <= high;
      i += range ? 3 : 1;
    }
    return found != negated;
  }

  private static boolean isNegation(char c) {
    return c == '!' || c == '^';
  }
}
