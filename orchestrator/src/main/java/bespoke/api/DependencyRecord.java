package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// One dependency group of an instance.
///
/// @param name the property group
/// @param grouping `require_all` and so on, or empty when missing
/// @param restartOn `none` and so on, or empty when missing
/// @param origin where it was declared, `FILE:LINE:COLUMN` or a person, or empty
/// @param entities what it names
public record DependencyRecord(
    String name, String grouping, String restartOn, String origin, List<EntityRecord> entities)
    implements JsonWritable {

  public DependencyRecord {
    entities = List.copyOf(entities);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static DependencyRecord from(JsonObject object) {
    return new DependencyRecord(
        object.text("name"),
        object.text("grouping"),
        object.text("restart_on"),
        object.text("origin"),
        EntityRecord.list(object.objects("entities")));
  }

  static List<DependencyRecord> list(List<JsonObject> objects) {
    List<DependencyRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("name", name);
    out.field("grouping", grouping);
    out.field("restart_on", restartOn);
    out.field("origin", origin);
    out.objects("entities", entities);
  }
}
