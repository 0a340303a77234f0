package bespoke.manifest.compose;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Replaces variables as compose does: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`,
/// `${NAME:?message}`, `${NAME?message}`, `${NAME:+text}`, `${NAME+text}`; `$$` is a dollar.
final class Interpolation {
  private static final int DEPTH_MAX = 8;
  private static final int LENGTH_MAX = 65_536;

  /// For who cannot say anything.
  static final Listener SILENT =
      new Listener() {
        @Override
        public void problem(String message, String hint) {
          // what can be read is taken
        }

        @Override
        public void unset(String name) {
          // nothing stands in its place
        }
      };

  private final Map<String, String> variables;

  /// @param variables of the file `.env` beside the compose file
  Interpolation(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  Map<String, String> variables() {
    return variables;
  }

  /// The same, with more variables for those that have no value here.
  Interpolation over(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(variables);
    return new Interpolation(all);
  }

  /// What is said while a text is replaced.
  interface Listener {
    /// It cannot be replaced.
    void problem(String message, String hint);

    /// A variable has no value, so that nothing stands in its place.
    void unset(String name);
  }

  String replace(String text, Listener listener) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    append(text, out, listener, 0);
    if (out.length() > LENGTH_MAX) {
      listener.problem(
          "cannot replace the variables: the text becomes longer than "
              + LENGTH_MAX
              + " characters",
          "shorten the values in .env");
      return "";
    }
    return out.toString();
  }

  private void append(String text, StringBuilder out, Listener listener, int depth) {
    int at = 0;
    while (at < text.length() && out.length() <= LENGTH_MAX) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0 || dollar == text.length() - 1) {
        out.append(text, at, text.length());
        return;
      }
      out.append(text, at, dollar);
      char next = text.charAt(dollar + 1);
      if (next == '$') {
        out.append('$');
        at = dollar + 2;
      } else if (next == '{') {
        int close = closing(text, dollar + 2);
        if (close < 0 || depth >= DEPTH_MAX) {
          listener.problem(
              close < 0
                  ? "cannot find the } of \"" + text.substring(dollar) + "\""
                  : "cannot follow variables nested more than " + DEPTH_MAX + " deep",
              "write $$ for a dollar");
          return;
        }
        braced(text.substring(dollar + 2, close), out, listener, depth);
        at = close + 1;
      } else {
        int end = nameEnd(text, dollar + 1);
        if (end == dollar + 1) {
          out.append('$');
        } else {
          value(text.substring(dollar + 1, end), out, listener);
        }
        at = end;
      }
    }
  }

  private static int closing(String text, int from) {
    int open = 1;
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith("${", i)) {
        open++;
      } else if (text.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    return -1;
  }

  private static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && (text.charAt(end) == '_'
            || Character.isLetter(text.charAt(end))
            || end > from && Character.isDigit(text.charAt(end)))) {
      end++;
    }
    return end;
  }

  private void braced(String body, StringBuilder out, Listener listener, int depth) {
    int end = nameEnd(body, 0);
    String name = body.substring(0, end);
    String rest = body.substring(end);
    boolean colon = rest.startsWith(":");
    String operator = colon ? rest.substring(1) : rest;
    String value = variables.get(name);
    boolean isSet = value != null && !(colon && value.isEmpty());
    Consumer<String> nested = text -> append(text, out, listener, depth + 1);
    if (name.isEmpty()) {
      listener.problem("cannot read \"${" + body + "}\" as a variable", "write $$ for a dollar");
    } else if (rest.isEmpty()) {
      value(name, out, listener);
    } else if (operator.startsWith("-")) {
      if (isSet) {
        out.append(value);
      } else {
        nested.accept(operator.substring(1));
      }
    } else if (operator.startsWith("+")) {
      if (isSet) {
        nested.accept(operator.substring(1));
      }
    } else if (operator.startsWith("?")) {
      if (isSet) {
        out.append(value);
      } else {
        String message = operator.substring(1);
        listener.problem(
            "cannot go on without the variable " + name + (message.isEmpty() ? "" : ": " + message),
            "set it in .env beside the file");
      }
    } else {
      listener.problem("cannot read \"${" + body + "}\" as a variable", "write $$ for a dollar");
    }
  }

  private void value(String name, StringBuilder out, Listener listener) {
    String value = variables.get(name);
    if (value == null) {
      listener.unset(name);
    } else {
      out.append(value);
    }
  }
}
