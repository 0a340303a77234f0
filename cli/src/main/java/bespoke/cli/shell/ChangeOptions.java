package bespoke.cli.shell;

import java.util.ArrayList;
import java.util.List;

/// The words after `svccfg change import` and its like.
///
/// @param plan only tell what would happen
/// @param yes do not ask
/// @param json one JSON document
/// @param patienceSeconds how long a wave may take, 0 for the default
/// @param comment why, or empty
/// @param operands what is no option
record ChangeOptions(
    boolean plan,
    boolean yes,
    boolean json,
    int patienceSeconds,
    String comment,
    List<String> operands) {
  ChangeOptions {
    operands = List.copyOf(operands);
  }

  /// @throws ShellException if an option is unknown or its value is missing
  static ChangeOptions read(List<String> words, String synopsis) throws ShellException {
    boolean plan = false;
    boolean yes = false;
    boolean json = false;
    int patience = 0;
    String comment = "";
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "-n", "--plan" -> plan = true;
        case "-y", "--yes" -> yes = true;
        case "--json" -> json = true;
        case "--patience" -> patience = seconds(value(words, ++i, synopsis));
        case "-m", "--comment" -> comment = value(words, ++i, synopsis);
        default -> {
          if (word.startsWith("-") && word.length() > 1) {
            throw new ShellException("Unknown option " + word + ".\nUsage: " + synopsis);
          }
          operands.add(word);
        }
      }
    }
    return new ChangeOptions(plan, yes, json, patience, comment, operands);
  }

  private static String value(List<String> words, int at, String synopsis) throws ShellException {
    if (at >= words.size()) {
      throw ShellException.syntax(synopsis);
    }
    return words.get(at);
  }

  private static int seconds(String text) throws ShellException {
    try {
      int seconds = Integer.parseInt(text);
      if (seconds > 0) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new ShellException("\"" + text + "\" is not a number of seconds.");
  }
}
