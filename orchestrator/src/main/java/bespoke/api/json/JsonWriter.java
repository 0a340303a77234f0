package bespoke.api.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes one JSON document.
///
/// On the wire, fields that are empty, false or zero are left out; a *complete* writer, as for
/// `--json`, writes them all. Not for several threads.
public final class JsonWriter {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder(256);
  private final boolean complete;
  private boolean comma;

  private JsonWriter(boolean complete) {
    this.complete = complete;
  }

  /// A writer for the wire, which leaves empty fields out.
  public static JsonWriter forWire() {
    return new JsonWriter(false);
  }

  /// A writer for people's programs, which writes every field.
  public static JsonWriter complete() {
    return new JsonWriter(true);
  }

  /// Opens an object as value.
  public JsonWriter beginObject() {
    separate();
    text.append('{');
    comma = false;
    return this;
  }

  /// Closes the object.
  public JsonWriter endObject() {
    text.append('}');
    comma = true;
    return this;
  }

  /// Opens an array as value.
  public JsonWriter beginArray() {
    separate();
    text.append('[');
    comma = false;
    return this;
  }

  /// Closes the array.
  public JsonWriter endArray() {
    text.append(']');
    comma = true;
    return this;
  }

  /// The name of the next value.
  public JsonWriter name(String name) {
    separate();
    quote(name);
    text.append(':');
    comma = false;
    return this;
  }

  /// A string as value.
  public JsonWriter value(String value) {
    separate();
    quote(value);
    comma = true;
    return this;
  }

  /// A whole number as value.
  public JsonWriter value(long value) {
    separate();
    text.append(value);
    comma = true;
    return this;
  }

  /// A truth value.
  public JsonWriter value(boolean value) {
    separate();
    text.append(value);
    comma = true;
    return this;
  }

  /// An object as value.
  public JsonWriter value(JsonWritable value) {
    beginObject();
    value.writeFields(this);
    return endObject();
  }

  /// A string field; empty ones are left out on the wire.
  public JsonWriter field(String name, String value) {
    return complete || !value.isEmpty() ? name(name).value(value) : this;
  }

  /// A number field; zero is left out on the wire.
  public JsonWriter field(String name, long value) {
    return complete || value != 0 ? name(name).value(value) : this;
  }

  /// A truth field; false is left out on the wire.
  public JsonWriter field(String name, boolean value) {
    return complete || value ? name(name).value(value) : this;
  }

  /// An object field, always written.
  public JsonWriter field(String name, JsonWritable value) {
    return name(name).value(value);
  }

  /// An object field; left out on the wire when it is the usual value, which an absent field means.
  public JsonWriter field(String name, JsonWritable value, JsonWritable usual) {
    return complete || !value.equals(usual) ? field(name, value) : this;
  }

  /// A field of strings; an empty list is left out on the wire.
  public JsonWriter texts(String name, List<String> values) {
    if (!complete && values.isEmpty()) {
      return this;
    }
    name(name).beginArray();
    for (int i = 0; i < values.size(); i++) {
      value(values.get(i));
    }
    return endArray();
  }

  /// A field of numbers; an empty list is left out on the wire.
  public JsonWriter numbers(String name, List<Long> values) {
    if (!complete && values.isEmpty()) {
      return this;
    }
    name(name).beginArray();
    for (int i = 0; i < values.size(); i++) {
      value(values.get(i).longValue());
    }
    return endArray();
  }

  /// A field of objects; an empty list is left out on the wire.
  public JsonWriter objects(String name, List<? extends JsonWritable> values) {
    if (!complete && values.isEmpty()) {
      return this;
    }
    name(name).beginArray();
    for (int i = 0; i < values.size(); i++) {
      value(values.get(i));
    }
    return endArray();
  }

  /// The document so far as UTF-8 with a newline at its end; the document itself holds none.
  public byte[] line() {
    return (text.toString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// The document so far.
  @Override
  public String toString() {
    return text.toString();
  }

  private void separate() {
    if (comma) {
      text.append(',');
      comma = false;
    }
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
        escape(c);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  private void escape(char c) {
    text.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      text.append(HEX.charAt(c >> shift & 15));
    }
  }
}
