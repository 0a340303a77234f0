package bespoke.restarter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How an expanded method string is executed: its words directly when it has no shell syntax, else
/// whole by the shell (DESIGN 3).
///
/// Words are taken apart as sh(1) does: blanks separate, quotes and backslashes quote.
final class CommandLine {

  static final String SHELL = "/bin/sh";

  /// First words that only a shell understands.
  private static final Set<String> SHELL_WORDS =
      Set.of(
          "!",
          "{",
          "}",
          "case",
          "do",
          "done",
          "elif",
          "else",
          "esac",
          "fi",
          "for",
          "if",
          "then",
          "until",
          "while",
          "in",
          ".",
          ":",
          "alias",
          "bg",
          "break",
          "cd",
          "command",
          "continue",
          "eval",
          "exec",
          "exit",
          "export",
          "fg",
          "getopts",
          "hash",
          "jobs",
          "read",
          "readonly",
          "return",
          "set",
          "shift",
          "source",
          "times",
          "trap",
          "type",
          "ulimit",
          "umask",
          "unalias",
          "unset",
          "wait",
          "local",
          "fc",
          "function",
          "time");

  /// Unquoted characters that mean something to a shell. `#` and `~` only do at a word's start.
  private static final String SYNTAX = ";&|<>()$`*?[\n";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean quotedWord;
  private int at;

  private CommandLine(String text) {
    this.text = text;
  }

  /// The arguments to execute, never empty: the words themselves or `/bin/sh -c TEXT`.
  static List<String> arguments(String expanded) {
    return words(expanded).orElseGet(() -> List.of(SHELL, "-c", expanded));
  }

  /// The words of a simple command, or empty when only a shell can run it (or it is not well
  /// formed, which the shell will say).
  static Optional<List<String>> words(String expanded) {
    return new CommandLine(expanded).split();
  }

  private Optional<List<String>> split() {
    while (at < text.length()) {
      if (!step(text.charAt(at))) {
        return Optional.empty();
      }
      at++;
    }
    endWord();
    boolean shellWord = words.isEmpty() || SHELL_WORDS.contains(words.getFirst());
    return shellWord ? Optional.empty() : Optional.of(List.copyOf(words));
  }

  private boolean step(char c) {
    if (c == ' ' || c == '\t') {
      endWord();
      return true;
    }
    if (SYNTAX.indexOf(c) >= 0 || !inWord && (c == '#' || c == '~') || isAssignment(c)) {
      return false;
    }
    inWord = true;
    return switch (c) {
      case '\\' -> escape();
      case '\'' -> single();
      case '"' -> quoted();
      default -> append(c);
    };
  }

  private boolean isAssignment(char c) {
    return c == '=' && words.isEmpty() && !quotedWord;
  }

  private boolean append(char c) {
    word.append(c);
    return true;
  }

  private boolean escape() {
    quotedWord = true;
    at++;
    return at < text.length()
        && (text.charAt(at) == '\n' ? continueLine() : append(text.charAt(at)));
  }

  private boolean continueLine() {
    inWord = !word.isEmpty();
    return true;
  }

  private boolean single() {
    quotedWord = true;
    int close = text.indexOf('\'', at + 1);
    if (close < 0) {
      return false;
    }
    word.append(text, at + 1, close);
    at = close;
    return true;
  }

  private boolean quoted() {
    quotedWord = true;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return true;
      }
      if (c == '$' || c == '`') {
        return false;
      }
      if (c == '\\' && at + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0) {
        at++;
        if (text.charAt(at) == '\n') {
          continue;
        }
      }
      word.append(text.charAt(at));
    }
    return false;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
      quotedWord = false;
    }
  }
}
