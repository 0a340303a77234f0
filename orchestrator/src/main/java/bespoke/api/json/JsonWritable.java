package bespoke.api.json;

/// A record that writes itself as the fields of a JSON object.
public interface JsonWritable {

  /// Writes the fields; the braces are the caller's.
  void writeFields(JsonWriter out);
}
