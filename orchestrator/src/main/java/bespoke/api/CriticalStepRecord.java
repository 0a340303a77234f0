package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// A service on the critical path of the last boot.
///
/// @param fmri the instance
/// @param startMillis when its start method began, in milliseconds since the boot of the daemon
/// @param durationMillis how long it took to come online
/// @param savedMillis what the boot would have gained had it taken no time
public record CriticalStepRecord(
    String fmri, long startMillis, long durationMillis, long savedMillis) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static CriticalStepRecord from(JsonObject object) {
    return new CriticalStepRecord(
        object.text("fmri"),
        object.number("start"),
        object.number("duration"),
        object.number("saved"));
  }

  @Override
  public String kind() {
    return "critical";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("start", startMillis);
    out.field("duration", durationMillis);
    out.field("saved", savedMillis);
  }
}
