package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// How far a request with [InstanceRequest.Act#synchronous] has come, sent when something changes.
///
/// @param fmri who is waited for
/// @param state now
/// @param next the state it is moving to, or empty
/// @param done whether it has arrived
/// @param blockers the edges that hold it back, empty when its own method runs
public record ProgressRecord(
    String fmri, String state, String next, boolean done, List<BlockerRecord> blockers)
    implements Reply {

  public ProgressRecord {
    blockers = List.copyOf(blockers);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ProgressRecord from(JsonObject object) {
    return new ProgressRecord(
        object.text("fmri"),
        object.text("state"),
        object.text("next"),
        object.flag("done"),
        BlockerRecord.list(object.objects("blockers")));
  }

  @Override
  public String kind() {
    return "progress";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("state", state);
    out.field("next", next);
    out.field("done", done);
    out.objects("blockers", blockers);
  }
}
