package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// Who answers.
///
/// @param version of the protocol, see [Wire#VERSION]
/// @param pid of the daemon
/// @param release of bespoke
/// @param settled whether nothing is in transition
public record PongRecord(int version, long pid, String release, boolean settled) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static PongRecord from(JsonObject object) {
    return new PongRecord(
        object.smallNumber("version"),
        object.number("pid"),
        object.text("release"),
        object.flag("settled"));
  }

  @Override
  public String kind() {
    return "pong";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("version", version);
    out.field("pid", pid);
    out.field("release", release);
    out.field("settled", settled);
  }
}
