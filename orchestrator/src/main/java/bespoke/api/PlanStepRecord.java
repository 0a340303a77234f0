package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// One transition that a plan foresees.
///
/// @param wave from 1; what stands in one wave happens together
/// @param fmri who moves
/// @param from the state before
/// @param to the state after
/// @param why a sentence
public record PlanStepRecord(int wave, String fmri, String from, String to, String why)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static PlanStepRecord from(JsonObject object) {
    return new PlanStepRecord(
        object.smallNumber("wave"),
        object.text("fmri"),
        object.text("from"),
        object.text("to"),
        object.text("why"));
  }

  @Override
  public String kind() {
    return "step";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("wave", wave);
    out.field("fmri", fmri);
    out.field("from", from);
    out.field("to", to);
    out.field("why", why);
  }
}
