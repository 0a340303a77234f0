package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// An instance for which a request was accepted.
///
/// @param fmri the instance
public record ActedRecord(String fmri) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ActedRecord from(JsonObject object) {
    return new ActedRecord(object.text("fmri"));
  }

  @Override
  public String kind() {
    return "acted";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
  }
}
