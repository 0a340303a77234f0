package bespoke.api.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON object that was read: at most [JsonReader#FIELDS_MAX] fields in their order.
///
/// An absent field reads as empty, false or zero, the counterpart of [JsonWriter#forWire]; a field
/// of another type than asked for is a [JsonException]. Unknown fields are ignored, so that newer
/// programs can talk to older ones.
public final class JsonObject {

  private final List<String> names;
  private final List<Object> values;

  JsonObject(List<String> names, List<Object> values) {
    this.names = names;
    this.values = values;
  }

  /// Reads the object that a line holds.
  ///
  /// @throws JsonException if it is none, or has something behind it
  public static JsonObject parse(byte[] line) {
    return new JsonReader().read(line, 0, line.length);
  }

  /// The name of the first field, or the empty string: the kind of a reply.
  public String firstName() {
    return names.isEmpty() ? "" : names.getFirst();
  }

  /// The names of all fields, in their order.
  public List<String> names() {
    return List.copyOf(names);
  }

  /// Whether there is a field of that name.
  public boolean has(String name) {
    return find(name) != null;
  }

  /// A string, or the empty string.
  public String text(String name) {
    Object value = find(name);
    return value == null ? "" : asText(name, value);
  }

  /// A whole number, or 0.
  public long number(String name) {
    Object value = find(name);
    if (value == null) {
      return 0;
    }
    if (value instanceof Long number) {
      return number;
    }
    throw wrongType(name, "a whole number");
  }

  /// A whole number of Java's int range, or 0.
  public int smallNumber(String name) {
    long number = number(name);
    if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
      throw wrongType(name, "a number of 32 bits");
    }
    return (int) number;
  }

  /// A truth value, or false.
  public boolean flag(String name) {
    Object value = find(name);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrongType(name, "true or false");
  }

  /// An object, or one without fields.
  public JsonObject object(String name) {
    Object value = find(name);
    if (value == null) {
      return new JsonObject(List.of(), List.of());
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrongType(name, "an object");
  }

  /// Strings, or none.
  public List<String> texts(String name) {
    List<?> values = list(name);
    if (values.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      texts.add(asText(name, values.get(i)));
    }
    return texts;
  }

  /// Whole numbers, or none.
  public List<Long> numbers(String name) {
    List<?> values = list(name);
    if (values.isEmpty()) {
      return List.of();
    }
    List<Long> numbers = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i) instanceof Long number)) {
        throw wrongType(name, "a list of whole numbers");
      }
      numbers.add(number);
    }
    return numbers;
  }

  /// Objects, or none.
  public List<JsonObject> objects(String name) {
    List<?> values = list(name);
    if (values.isEmpty()) {
      return List.of();
    }
    List<JsonObject> objects = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i) instanceof JsonObject object)) {
        throw wrongType(name, "a list of objects");
      }
      objects.add(object);
    }
    return objects;
  }

  private List<?> list(String name) {
    Object value = find(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrongType(name, "a list");
  }

  private static String asText(String name, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw wrongType(name, "a string");
  }

  private static JsonException wrongType(String name, String wanted) {
    return new JsonException("the field \"" + name + "\" is not " + wanted);
  }

  private @Nullable Object find(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        return values.get(i);
      }
    }
    return null;
  }
}
