package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// A piece of a document: an export, a profile, a schema.
///
/// @param text with its newlines
public record TextRecord(String text) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static TextRecord from(JsonObject object) {
    return new TextRecord(object.text("text"));
  }

  @Override
  public String kind() {
    return "text";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("text", text);
  }
}
