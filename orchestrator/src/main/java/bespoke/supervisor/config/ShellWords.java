package bespoke.supervisor.config;

import java.util.ArrayList;
import java.util.List;

/// Splits a command as a POSIX shell would, with quotes and backslashes but nothing else.
public final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /// The words of a command line; empty if it is blank.
  ///
  /// @throws ConfigurationException with the reason, such as `No closing quotation`
  public static List<String> split(String text) throws ConfigurationException {
    return new ShellWords(text).split();
  }

  private List<String> split() throws ConfigurationException {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (Character.isWhitespace(c)) {
        finishWord();
        continue;
      }
      inWord = true;
      switch (c) {
        case '\'' -> singleQuoted();
        case '"' -> doubleQuoted();
        case '\\' -> word.append(escaped());
        default -> word.append(c);
      }
    }
    finishWord();
    return List.copyOf(words);
  }

  private void finishWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private char escaped() throws ConfigurationException {
    if (at >= text.length()) {
      throw new ConfigurationException("No escaped character");
    }
    return text.charAt(at++);
  }

  private void singleQuoted() throws ConfigurationException {
    int close = text.indexOf('\'', at);
    if (close < 0) {
      throw new ConfigurationException("No closing quotation");
    }
    word.append(text, at, close);
    at = close + 1;
  }

  private void doubleQuoted() throws ConfigurationException {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return;
      }
      if (c == '\\' && at < text.length() && "\"\\".indexOf(text.charAt(at)) >= 0) {
        c = text.charAt(at++);
      }
      word.append(c);
    }
    throw new ConfigurationException("No closing quotation");
  }
}
