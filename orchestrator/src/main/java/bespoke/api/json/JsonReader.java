package bespoke.api.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one JSON object out of bytes (RFC 8259), strictly and within limits.
///
/// Stricter than the RFC: no fractions or exponents, no `null` values, no duplicate names, depth
/// and number of fields bounded. The length of the text is bounded by whoever collected it.
///
/// A reader may be used for one object after the other and then keeps short strings, so that a
/// listing does not hold the word `online` a thousand times. Not for several threads.
public final class JsonReader {

  /// How deep objects and arrays may nest.
  static final int DEPTH_MAX = 16;

  /// How many fields an object may have.
  static final int FIELDS_MAX = 64;

  private static final int KEPT = 256;
  private static final int KEPT_LENGTH_MAX = 16;

  private final @Nullable String[] kept = new @Nullable String[KEPT];
  private byte[] text = {};
  private int end;
  private int at;

  /// A reader that keeps nothing yet.
  public JsonReader() {}

  /// Reads the one object between two places of a buffer; white space may stand around it.
  ///
  /// @throws JsonException if there is none, or something behind it
  public JsonObject read(byte[] buffer, int from, int to) {
    text = buffer;
    at = from;
    end = to;
    skipBlanks();
    if (peek() != '{') {
      throw wrong("an object was expected");
    }
    JsonObject object = object(1);
    skipBlanks();
    if (at < end) {
      throw wrong("something follows the object");
    }
    return object;
  }

  private JsonObject object(int depth) {
    at++;
    List<String> names = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    skipBlanks();
    if (peek() == '}') {
      at++;
      return new JsonObject(names, values);
    }
    while (true) {
      skipBlanks();
      String name = string();
      if (names.contains(name)) {
        throw wrong("the name \"" + name + "\" occurs twice");
      }
      if (names.size() == FIELDS_MAX) {
        throw wrong("an object has more than " + FIELDS_MAX + " fields");
      }
      skipBlanks();
      expect(':');
      names.add(name);
      values.add(value(depth));
      if (!another('}')) {
        return new JsonObject(names, values);
      }
    }
  }

  private List<Object> array(int depth) {
    at++;
    List<Object> values = new ArrayList<>();
    skipBlanks();
    if (peek() == ']') {
      at++;
      return values;
    }
    while (true) {
      values.add(value(depth));
      if (!another(']')) {
        return values;
      }
    }
  }

  /// Whether a comma follows; consumes it, or the closing character.
  private boolean another(int close) {
    skipBlanks();
    int c = peek();
    if (c == ',') {
      at++;
      return true;
    }
    expect(close);
    return false;
  }

  private Object value(int depth) {
    skipBlanks();
    int c = peek();
    if (c == '"') {
      return string();
    }
    if (c == '{' || c == '[') {
      if (depth == DEPTH_MAX) {
        throw wrong("the nesting is deeper than " + DEPTH_MAX);
      }
      return c == '{' ? object(depth + 1) : array(depth + 1);
    }
    if (c == 't') {
      literal("true");
      return true;
    }
    if (c == 'f') {
      literal("false");
      return false;
    }
    return number();
  }

  private Long number() {
    int start = at;
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    int digits = at;
    long value = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      if (at - digits == 18) {
        throw wrong("the number is longer than 18 digits");
      }
      value = value * 10 + (text[at++] - '0');
    }
    int c = peek();
    if (at == digits || c == '.' || c == 'e' || c == 'E') {
      throw wrong("a value was expected: a string, object, array, truth value or whole number");
    }
    if (text[digits] == '0' && at - digits > 1) {
      at = start;
      throw wrong("the number begins with 0");
    }
    return negative ? -value : value;
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
  }

  private String string() {
    expect('"');
    int start = at;
    int hash = 0;
    boolean ascii = true;
    while (true) {
      int c = peek();
      if (c == '"') {
        String plain = ascii ? ascii(start, hash) : decoded(start);
        at++;
        return plain;
      }
      if (c == '\\') {
        return escapedString(start);
      }
      if (c < 0x20) {
        throw wrong(at < end ? "a control character is in a string" : "a string does not end");
      }
      hash = 31 * hash + c;
      ascii &= c < 0x80;
      at++;
    }
  }

  private String decoded(int start) {
    return new String(text, start, at - start, StandardCharsets.UTF_8);
  }

  /// The text from the start to the place, from those kept if it is short and occurred before.
  private String ascii(int start, int hash) {
    int length = at - start;
    if (length > KEPT_LENGTH_MAX) {
      return new String(text, start, length, StandardCharsets.ISO_8859_1);
    }
    int slot = (hash ^ hash >>> 8) & KEPT - 1;
    String old = kept[slot];
    if (old != null && old.length() == length && isThere(old, start)) {
      return old;
    }
    String fresh = new String(text, start, length, StandardCharsets.ISO_8859_1);
    kept[slot] = fresh;
    return fresh;
  }

  private boolean isThere(String word, int start) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != text[start + i]) {
        return false;
      }
    }
    return true;
  }

  /// The rest of a string that holds at least one escape; `at` stands on the first.
  private String escapedString(int start) {
    StringBuilder builder = new StringBuilder();
    int plain = start;
    while (true) {
      int c = peek();
      if (c == '"' || c == '\\') {
        builder.append(new String(text, plain, at - plain, StandardCharsets.UTF_8));
        at++;
        if (c == '"') {
          return builder.toString();
        }
        builder.append(escape());
        plain = at;
      } else if (c < 0x20) {
        throw wrong(at < end ? "a control character is in a string" : "a string does not end");
      } else {
        at++;
      }
    }
  }

  private char escape() {
    int c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape is unknown");
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw wrong("\\u is not followed by four hexadecimal digits");
      }
      value = value << 4 | digit;
      at++;
    }
    return (char) value;
  }

  /// The byte at the place, or -1 at the end.
  private int peek() {
    return at < end ? text[at] & 0xff : -1;
  }

  private void expect(int c) {
    if (peek() != c) {
      throw wrong("'" + (char) c + "' was expected");
    }
    at++;
  }

  private void skipBlanks() {
    while (at < end
        && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
      at++;
    }
  }

  private JsonException wrong(String what) {
    return new JsonException(what + " (at byte " + Math.min(at, end) + ")");
  }
}
