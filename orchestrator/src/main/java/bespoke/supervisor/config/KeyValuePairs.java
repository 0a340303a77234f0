package bespoke.supervisor.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The grammar of `environment=`: comma separated `KEY=value`, quotes around anything unusual.
final class KeyValuePairs {
  private static final String EXTRA_WORD_CHARACTERS = "_/.+-():";

  private final String text;
  private int at;

  private KeyValuePairs(String text) {
    this.text = text;
  }

  /// Parses the pairs, in order; a later pair with the same key wins.
  static Map<String, String> parse(String text) throws ConfigurationException {
    List<String> tokens = new KeyValuePairs(text).tokens();
    var pairs = new LinkedHashMap<String, String>();
    int i = 0;
    while (i < tokens.size()) {
      if (i + 3 > tokens.size() || !tokens.get(i + 1).equals("=")) {
        throw unexpectedEnd(text);
      }
      pairs.put(tokens.get(i), unquoted(tokens.get(i + 2)));
      i += 3;
      if (i < tokens.size()) {
        if (!tokens.get(i).equals(",")) {
          throw unexpectedEnd(text);
        }
        i++;
      }
    }
    return Collections.unmodifiableMap(pairs);
  }

  private static ConfigurationException unexpectedEnd(String text) {
    return new ConfigurationException("Unexpected end of key/value pairs in value '" + text + "'");
  }

  private static String unquoted(String token) {
    int from = 0;
    int to = token.length();
    while (from < to && isQuote(token.charAt(from))) {
      from++;
    }
    while (to > from && isQuote(token.charAt(to - 1))) {
      to--;
    }
    return token.substring(from, to);
  }

  private List<String> tokens() throws ConfigurationException {
    var tokens = new ArrayList<String>();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '#') {
        skipLine();
      } else if (isQuote(c)) {
        tokens.add(quoted(c));
      } else if (isWord(c)) {
        tokens.add(word());
      } else {
        tokens.add(String.valueOf(c));
        at++;
      }
    }
    return tokens;
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private String quoted(char quote) throws ConfigurationException {
    int close = text.indexOf(quote, at + 1);
    if (close < 0) {
      throw new ConfigurationException("No closing quotation in value '" + text + "'");
    }
    String token = text.substring(at, close + 1);
    at = close + 1;
    return token;
  }

  private String word() {
    int from = at;
    while (at < text.length() && (isWord(text.charAt(at)) || isQuote(text.charAt(at)))) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isWord(char c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || EXTRA_WORD_CHARACTERS.indexOf(c) >= 0;
  }
}
