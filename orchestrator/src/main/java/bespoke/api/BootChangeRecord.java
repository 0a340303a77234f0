package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// How the next boot would change.
///
/// @param beforeMillis what it is predicted to take as things are
/// @param afterMillis what it would take
public record BootChangeRecord(long beforeMillis, long afterMillis) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static BootChangeRecord from(JsonObject object) {
    return new BootChangeRecord(object.number("before_ms"), object.number("after_ms"));
  }

  @Override
  public String kind() {
    return "boot-change";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("before_ms", beforeMillis);
    out.field("after_ms", afterMillis);
  }
}
