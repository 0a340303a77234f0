package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// A property; its values are those the caller may read.
///
/// @param name unique in its group
/// @param type such as `astring`
/// @param values as text
/// @param concealed whether the values are protected from the caller
/// @param layer which layer they come from: `manifest`, `profile` or `admin`; empty if not asked
/// @param origin where they were set, or empty
public record PropertyRecord(
    String name, String type, List<String> values, boolean concealed, String layer, String origin)
    implements JsonWritable {

  public PropertyRecord {
    values = List.copyOf(values);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static PropertyRecord from(JsonObject object) {
    return new PropertyRecord(
        object.text("name"),
        object.text("type"),
        object.texts("values"),
        object.flag("concealed"),
        object.text("layer"),
        object.text("origin"));
  }

  static List<PropertyRecord> list(List<JsonObject> objects) {
    List<PropertyRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("name", name);
    out.field("type", type);
    out.texts("values", values);
    out.field("concealed", concealed);
    out.field("layer", layer);
    out.field("origin", origin);
  }
}
