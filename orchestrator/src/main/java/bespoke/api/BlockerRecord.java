package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// An unmet dependency that holds an instance back.
///
/// @param dependency the property group
/// @param grouping `require_all` and so on
/// @param fmri what is waited for
/// @param state its state
public record BlockerRecord(String dependency, String grouping, String fmri, String state)
    implements JsonWritable {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static BlockerRecord from(JsonObject object) {
    return new BlockerRecord(
        object.text("dependency"),
        object.text("grouping"),
        object.text("fmri"),
        object.text("state"));
  }

  static List<BlockerRecord> list(List<JsonObject> objects) {
    List<BlockerRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("dependency", dependency);
    out.field("grouping", grouping);
    out.field("fmri", fmri);
    out.field("state", state);
  }
}
