package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// How far a change is, sent when something happens.
///
/// @param number of the change
/// @param isBack whether it is being taken back
/// @param wave from 1, or 0 before the first
/// @param waves how many there are
/// @param text a line for a person
public record ChangeStepRecord(long number, boolean isBack, int wave, int waves, String text)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ChangeStepRecord from(JsonObject object) {
    return new ChangeStepRecord(
        object.number("number"),
        object.flag("back"),
        object.smallNumber("wave"),
        object.smallNumber("waves"),
        object.text("text"));
  }

  @Override
  public String kind() {
    return "change_step";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("number", number);
    out.field("back", isBack);
    out.field("wave", wave);
    out.field("waves", waves);
    out.field("text", text);
  }
}
