package bespoke.manifest.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes a value apart into words as systemd does (systemd.syntax(7), "Quoting"): blanks separate,
/// both kinds of quotes quote, backslash escapes as in C.
///
/// Unlike in a shell, escapes mean the same in all quotes, and nothing else is special.
final class Words {

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean isQuoted;
  private char quote;
  private int at;

  /// One word.
  ///
  /// @param text without its quotes
  /// @param isPlain whether nothing of it was quoted or escaped
  record Word(String text, boolean isPlain) {}

  private Words(String text) {
    this.text = text;
  }

  /// The words; empty when a quote is not closed.
  static Optional<List<Word>> split(String text) {
    return new Words(text).split();
  }

  /// The texts of the words; a value with an open quote is one word, as it is.
  static List<String> texts(String text) {
    return split(text).map(words -> words.stream().map(Word::text).toList()).orElse(List.of(text));
  }

  private Optional<List<Word>> split() {
    for (at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        escape();
      } else if (quote != 0) {
        quoted(c);
      } else if (c == ' ' || c == '\t') {
        end();
      } else if (c == '"' || c == '\'') {
        quote = c;
        isQuoted = true;
        inWord = true;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    end();
    return quote == 0 ? Optional.of(words) : Optional.empty();
  }

  private void quoted(char c) {
    if (c == quote) {
      quote = 0;
    } else {
      word.append(c);
    }
  }

  private void end() {
    if (inWord) {
      words.add(new Word(word.toString(), !isQuoted));
    }
    word.setLength(0);
    inWord = false;
    isQuoted = false;
  }

  private void escape() {
    inWord = true;
    isQuoted = true;
    char c = text.charAt(++at);
    int plain = "abfnrtvs\\\"'".indexOf(c);
    if (plain >= 0) {
      word.append("\u0007\b\f\n\r\t\u000b \\\"'".charAt(plain));
    } else if (c == 'x') {
      number(1, 2, 16);
    } else if (c == 'u') {
      number(1, 4, 16);
    } else if (c == 'U') {
      number(1, 8, 16);
    } else if (c >= '0' && c <= '7') {
      number(0, 3, 8);
    } else {
      word.append('\\').append(c);
    }
  }

  /// Digits from `at` + offset; what is no character is kept as it is written.
  private void number(int offset, int digits, int radix) {
    int from = at + offset;
    int to = from + digits;
    int value = to <= text.length() ? parse(text.substring(from, to), radix) : 0;
    if (value > 0 && Character.isValidCodePoint(value)) {
      word.appendCodePoint(value);
      at = to - 1;
    } else {
      word.append('\\').append(text.charAt(at));
    }
  }

  private static int parse(String digits, int radix) {
    try {
      return digits.startsWith("+") || digits.startsWith("-") ? 0 : Integer.parseInt(digits, radix);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
