package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// An instance for which a request was accepted.
///
/// @param fmri the instance
/// @param action what was requested, in the restarter's words: `enable`, `restart`, `maint_off`, …;
///   empty if it is just what was asked for
public record ActedRecord(String fmri, String action) implements Reply {

  /// An instance for which just what was asked for was requested.
  public ActedRecord(String fmri) {
    this(fmri, "");
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ActedRecord from(JsonObject object) {
    return new ActedRecord(object.text("fmri"), object.text("action"));
  }

  @Override
  public String kind() {
    return "acted";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("action", action);
  }
}
