package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// A property group.
///
/// @param name unique in its entity
/// @param type such as `application`
/// @param persistent whether it survives a reboot
/// @param properties in the order of the repository
public record PropertyGroupRecord(
    String name, String type, boolean persistent, List<PropertyRecord> properties)
    implements JsonWritable {

  public PropertyGroupRecord {
    properties = List.copyOf(properties);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static PropertyGroupRecord from(JsonObject object) {
    return new PropertyGroupRecord(
        object.text("name"),
        object.text("type"),
        object.flag("persistent"),
        PropertyRecord.list(object.objects("properties")));
  }

  static List<PropertyGroupRecord> list(List<JsonObject> objects) {
    List<PropertyGroupRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("name", name);
    out.field("type", type);
    out.field("persistent", persistent);
    out.objects("properties", properties);
  }
}
