package bespoke.supervisor.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The names known to `%(name)s` and the replacing of them, as Python's `%` operator with named
/// keys does it: flags, width and the conversions s, d, i, u, x, X and o.
public final class Expansion {
  /// A longer result is refused, in characters: widths and repeated names must not exhaust memory.
  private static final int LENGTH_MAX = 1 << 20;

  private static final int WIDTH_MAX = 4096;

  private final @Nullable Expansion outer;
  private final Map<String, Object> names;

  private Expansion(@Nullable Expansion outer, Map<String, Object> names) {
    this.outer = outer;
    this.names = names;
  }

  /// Nothing is known.
  public static Expansion empty() {
    return new Expansion(null, Map.of());
  }

  /// The same names and one more; the new value wins.
  public Expansion with(String name, Object value) {
    return new Expansion(this, Map.of(name, value));
  }

  /// The same names and `ENV_X` for each variable X.
  public Expansion withEnvironment(Map<String, String> environment) {
    var more = new TreeMap<String, Object>();
    environment.forEach((name, value) -> more.put("ENV_" + name, value));
    return new Expansion(this, more);
  }

  private @Nullable Object lookUp(String name) {
    for (Expansion scope = this; scope != null; scope = scope.outer) {
      Object value = scope.names.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private Set<String> allNames() {
    var all = new TreeSet<String>();
    for (Expansion scope = this; scope != null; scope = scope.outer) {
      all.addAll(scope.names.keySet());
    }
    return all;
  }

  /// Replaces every name in `text`.
  ///
  /// @param option where the text comes from, for messages
  public String expand(String text, String option) throws ConfigurationException {
    var out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '%') {
        out.append(c);
        continue;
      }
      i = new Directive(text, option, i).append(out);
      if (out.length() > LENGTH_MAX) {
        throw malformed(text, option, "the expanded text is too long");
      }
    }
    return out.toString();
  }

  private static ConfigurationException malformed(String text, String option, String why) {
    return new ConfigurationException(
        "Format string '" + text + "' for '" + option + "' is badly formatted: " + why);
  }

  /// One conversion, from after its percent sign.
  private final class Directive {
    private final String text;
    private final String option;
    private int at;

    Directive(String text, String option, int at) {
      this.text = text;
      this.option = option;
      this.at = at;
    }

    /// Appends the replacement and returns the index after the conversion.
    int append(StringBuilder out) throws ConfigurationException {
      if (at < text.length() && text.charAt(at) == '%') {
        out.append('%');
        return at + 1;
      }
      if (at >= text.length() || text.charAt(at) != '(') {
        throw malformed(text, option, "a percent sign is written %%");
      }
      int close = text.indexOf(')', at);
      if (close < 0) {
        throw malformed(text, option, "incomplete format key");
      }
      String name = text.substring(at + 1, close);
      at = close + 1;
      String flags = span("#0- +");
      String width = span("0123456789");
      if (at >= text.length()) {
        throw malformed(text, option, "incomplete format");
      }
      Object value = lookUp(name);
      if (value == null) {
        throw unknown(name);
      }
      pad(out, converted(value, text.charAt(at)), flags, width);
      return at + 1;
    }

    private String span(String allowed) {
      int from = at;
      while (at < text.length() && allowed.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return text.substring(from, at);
    }

    private ConfigurationException unknown(String name) {
      return new ConfigurationException(
          "Format string '"
              + text
              + "' for '"
              + option
              + "' contains names ('"
              + name
              + "') which cannot be expanded. Available names: "
              + String.join(", ", allNames()));
    }

    private String converted(Object value, char conversion) throws ConfigurationException {
      if (conversion == 's' || conversion == 'r') {
        return value.toString();
      }
      if (!(value instanceof Integer number)) {
        throw malformed(text, option, "%" + conversion + " needs a number");
      }
      return switch (conversion) {
        case 'd', 'i', 'u' -> number.toString();
        case 'x' -> Integer.toHexString(number);
        case 'X' -> Integer.toHexString(number).toUpperCase(java.util.Locale.ROOT);
        case 'o' -> Integer.toOctalString(number);
        default ->
            throw malformed(text, option, "unsupported format character '" + conversion + "'");
      };
    }

    private void pad(StringBuilder out, String value, String flags, String width)
        throws ConfigurationException {
      int wanted = 0;
      if (!width.isEmpty()) {
        wanted = width.length() > 4 ? WIDTH_MAX + 1 : Integer.parseInt(width);
        if (wanted > WIDTH_MAX) {
          throw malformed(text, option, "the width is too large");
        }
      }
      int missing = Math.max(0, wanted - value.length());
      if (flags.indexOf('-') >= 0) {
        out.append(value).repeat(' ', missing);
      } else if (flags.indexOf('0') >= 0) {
        int sign = value.startsWith("-") ? 1 : 0;
        out.append(value, 0, sign).repeat('0', missing).append(value.substring(sign));
      } else {
        out.repeat(' ', missing).append(value);
      }
    }
  }
}
