package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// What a dependency names, and how that is.
///
/// @param fmri an instance, a service or a file, in canonical form
/// @param state of the instance; of a service its only instance's, `multiple` or `absent`; of a
///   file `online`, `absent` or `unknown`; else `invalid`
public record EntityRecord(String fmri, String state) implements JsonWritable {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static EntityRecord from(JsonObject object) {
    return new EntityRecord(object.text("fmri"), object.text("state"));
  }

  static List<EntityRecord> list(List<JsonObject> objects) {
    List<EntityRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("state", state);
  }
}
