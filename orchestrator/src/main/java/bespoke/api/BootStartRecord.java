package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// A start in a boot, the last one or the predicted one. All times are in milliseconds.
///
/// @param fmri the instance
/// @param startMillis when its start method begins, since the beginning of the boot
/// @param durationMillis how long it takes to come online
/// @param spreadMillis how far its earlier starts usually were from their median; 0 in the last
///   boot
/// @param slackMillis how much longer it could take without the boot taking longer
/// @param savedMillis how much shorter the boot would be if it took no time
/// @param critical whether it is on the critical path
/// @param learned whether the duration was measured; otherwise it is a guess
public record BootStartRecord(
    String fmri,
    long startMillis,
    long durationMillis,
    long spreadMillis,
    long slackMillis,
    long savedMillis,
    boolean critical,
    boolean learned)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static BootStartRecord from(JsonObject object) {
    return new BootStartRecord(
        object.text("fmri"),
        object.number("start"),
        object.number("duration"),
        object.number("spread"),
        object.number("slack"),
        object.number("saved"),
        object.flag("critical"),
        object.flag("learned"));
  }

  @Override
  public String kind() {
    return "bootstart";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("start", startMillis);
    out.field("duration", durationMillis);
    out.field("spread", spreadMillis);
    out.field("slack", slackMillis);
    out.field("saved", savedMillis);
    out.field("critical", critical);
    out.field("learned", learned);
  }
}
