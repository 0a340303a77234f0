package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// One link of the chain that `svcs why` prints, the state first, its root last.
///
/// @param id of the event
/// @param fmri whom it is about, or empty
/// @param text a sentence
/// @param actor who asked, or empty
/// @param atEpochMillis in milliseconds since 1970 UTC
public record CauseRecord(long id, String fmri, String text, String actor, long atEpochMillis)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static CauseRecord from(JsonObject object) {
    return new CauseRecord(
        object.number("id"),
        object.text("fmri"),
        object.text("text"),
        object.text("actor"),
        object.number("at"));
  }

  @Override
  public String kind() {
    return "cause";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("id", id);
    out.field("fmri", fmri);
    out.field("text", text);
    out.field("actor", actor);
    out.field("at", atEpochMillis);
  }
}
