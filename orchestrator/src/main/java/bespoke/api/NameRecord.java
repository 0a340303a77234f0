package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// A name in a listing of `svccfg`: a service, an instance or a snapshot.
///
/// @param name as it can be typed
public record NameRecord(String name) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static NameRecord from(JsonObject object) {
    return new NameRecord(object.text("name"));
  }

  @Override
  public String kind() {
    return "name";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("name", name);
  }
}
