package bespoke.cli.shell;

import java.util.ArrayList;
import java.util.List;

/// Splits a line of `svccfg` into words: at blanks, except in `"…"`, where `\"` and `\\` stand for
/// themselves; `(`, `)`, `>` and the first `=` are words of their own.
final class Words {

  /// The longest line, in characters.
  static final int LINE_LENGTH_MAX = 64 << 10;

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean started;
  private boolean equalsSeen;
  private int parentheses;

  private Words(String line) {
    this.line = line;
  }

  /// The words.
  ///
  /// @throws ShellException if a quotation does not end
  static List<String> of(String line) throws ShellException {
    Words words = new Words(line);
    words.split();
    return words.words;
  }

  /// Whether a parenthesis is still open, so that the next line belongs to this one.
  static boolean isOpen(String line) throws ShellException {
    Words words = new Words(line);
    words.split();
    return words.parentheses > 0;
  }

  private void split() throws ShellException {
    if (line.length() > LINE_LENGTH_MAX) {
      throw new ShellException("the line is longer than " + LINE_LENGTH_MAX + " characters");
    }
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == '"') {
        i = quoted(i + 1);
      } else {
        plain(c);
        i++;
      }
    }
    finish();
  }

  private void plain(char c) {
    boolean assignment = c == '=' && !equalsSeen;
    if (c == ' ' || c == '\t') {
      finish();
    } else if (c == '(' || c == ')' || c == '>' || assignment) {
      finish();
      words.add(String.valueOf(c));
      equalsSeen |= assignment;
      parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
    } else {
      word.append(c);
      started = true;
    }
  }

  /// Reads up to the closing quotation mark; returns the place behind it.
  private int quoted(int from) throws ShellException {
    started = true;
    int i = from;
    while (i < line.length() && line.charAt(i) != '"') {
      boolean escape =
          line.charAt(i) == '\\'
              && i + 1 < line.length()
              && (line.charAt(i + 1) == '"' || line.charAt(i + 1) == '\\');
      i += escape ? 1 : 0;
      word.append(line.charAt(i));
      i++;
    }
    if (i == line.length()) {
      throw new ShellException("Syntax error.  A quotation mark is not closed.");
    }
    return i + 1;
  }

  private void finish() {
    if (started) {
      words.add(word.toString());
      word.setLength(0);
      started = false;
    }
  }
}
