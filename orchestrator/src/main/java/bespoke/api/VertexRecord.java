package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// A vertex of the dependency graph.
///
/// @param fmri an instance, a service or a file
/// @param type `instance`, `service` or `file`
/// @param state of an instance its state; of a service or a file `online` or `absent`
/// @param next the state it is moving to, or empty
/// @param enabled whether it should run
/// @param commonName one line, or empty
public record VertexRecord(
    String fmri, String type, String state, String next, boolean enabled, String commonName)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static VertexRecord from(JsonObject object) {
    return new VertexRecord(
        object.text("fmri"),
        object.text("type"),
        object.text("state"),
        object.text("next"),
        object.flag("enabled"),
        object.text("name"));
  }

  @Override
  public String kind() {
    return "vertex";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("type", type);
    out.field("state", state);
    out.field("next", next);
    out.field("enabled", enabled);
    out.field("name", commonName);
  }
}
