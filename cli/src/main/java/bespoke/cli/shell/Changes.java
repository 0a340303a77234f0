package bespoke.cli.shell;

import bespoke.api.Change;
import java.util.List;

/// Reads changes of properties out of words.
final class Changes {

  private static final String SETPROP =
      "setprop pg/property = [type:] value | [type:] ( value... )";

  private Changes() {}

  /// A change that needs only a name: `pg` or `pg/property`.
  static Change of(String kind, String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? new Change(kind, name, "", "", List.of(), true)
        : new Change(
            kind, name.substring(0, slash), name.substring(slash + 1), "", List.of(), true);
  }

  /// `setprop pg/property = [type:] value`, or values in parentheses.
  static Change assignment(List<String> words) throws ShellException {
    if (words.size() < 4 || !words.get(2).equals("=")) {
      throw ShellException.syntax(SETPROP);
    }
    Change name = of("setprop", property(words.get(1), SETPROP));
    int at = 3;
    String type = "";
    if (isType(words.get(at), words.size() > at + 1)) {
      type = words.get(at).substring(0, words.get(at).length() - 1);
      at++;
    }
    List<String> values = words.subList(at, words.size());
    if (!values.isEmpty() && values.getFirst().equals("(")) {
      if (!values.getLast().equals(")")) {
        throw ShellException.syntax(SETPROP);
      }
      values = values.subList(1, values.size() - 1);
    } else if (values.size() != 1) {
      throw new ShellException(
          "Syntax error.  Several values must stand in parentheses; one with blanks in quotation"
              + " marks.");
    }
    return new Change("setprop", name.group(), name.property(), type, values, true);
  }

  /// `addpropvalue` or `delpropvalue pg/property [type:] value`.
  static Change value(String kind, List<String> words) throws ShellException {
    String synopsis = kind + " pg/property [type:] value";
    if (words.size() < 3 || words.size() > 4) {
      throw ShellException.syntax(synopsis);
    }
    Change name = of(kind, property(words.get(1), synopsis));
    String type = "";
    if (words.size() == 4) {
      if (!isType(words.get(2), true)) {
        throw ShellException.syntax(synopsis);
      }
      type = words.get(2).substring(0, words.get(2).length() - 1);
    }
    return new Change(kind, name.group(), name.property(), type, List.of(words.getLast()), true);
  }

  private static String property(String name, String synopsis) throws ShellException {
    if (name.indexOf('/') <= 0 || name.endsWith("/")) {
      throw ShellException.syntax(synopsis);
    }
    return name;
  }

  private static boolean isType(String word, boolean more) {
    return more
        && word.length() > 1
        && word.endsWith(":")
        && word.indexOf(':') == word.length() - 1;
  }
}
