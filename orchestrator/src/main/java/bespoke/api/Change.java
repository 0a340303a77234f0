package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// One change of configuration; the changes of a request happen together or not at all.
///
/// @param kind `addpg`, `delpg`, `setprop`, `delprop`, `addpropvalue` or `delpropvalue`
/// @param group the property group
/// @param property or empty
/// @param type of the group (`addpg`) or of the values; empty means the type it has
/// @param values new values; of `delpropvalue` one pattern
/// @param persistent of `addpg`: whether the group survives a reboot
public record Change(
    String kind,
    String group,
    String property,
    String type,
    List<String> values,
    boolean persistent)
    implements JsonWritable {

  public Change {
    values = List.copyOf(values);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static Change from(JsonObject object) {
    return new Change(
        object.text("kind"),
        object.text("group"),
        object.text("property"),
        object.text("type"),
        object.texts("values"),
        object.flag("persistent"));
  }

  static List<Change> list(List<JsonObject> objects) {
    List<Change> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("kind", kind);
    out.field("group", group);
    out.field("property", property);
    out.field("type", type);
    out.texts("values", values);
    out.field("persistent", persistent);
  }
}
