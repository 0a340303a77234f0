package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// How far a script came.
///
/// @param applied how many edits, from the first, were made; the next one was refused
public record AppliedRecord(long applied) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static AppliedRecord from(JsonObject object) {
    return new AppliedRecord(object.number("applied"));
  }

  @Override
  public String kind() {
    return "applied";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("applied", applied);
  }
}
