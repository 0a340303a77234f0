package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// A line for the person: on standard output, or as a warning on standard error.
///
/// @param text without the name of the command
/// @param warning whether it goes to standard error
public record NoteRecord(String text, boolean warning) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static NoteRecord from(JsonObject object) {
    return new NoteRecord(object.text("text"), object.flag("warning"));
  }

  @Override
  public String kind() {
    return "note";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("text", text);
    out.field("warning", warning);
  }
}
