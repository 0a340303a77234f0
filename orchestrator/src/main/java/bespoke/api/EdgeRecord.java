package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// An edge of the dependency graph, from the dependent to what it depends on.
///
/// @param from the dependent's FMRI
/// @param to the FMRI it names; for a service, edges lead on to its instances with the grouping
///   `instance`
/// @param dependency the property group
/// @param grouping `require_all` and so on, or `instance`
/// @param restartOn `none` and so on
/// @param origin where it was declared, or empty
public record EdgeRecord(
    String from, String to, String dependency, String grouping, String restartOn, String origin)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static EdgeRecord from(JsonObject object) {
    return new EdgeRecord(
        object.text("from"),
        object.text("to"),
        object.text("dependency"),
        object.text("grouping"),
        object.text("restart_on"),
        object.text("origin"));
  }

  static List<EdgeRecord> list(List<JsonObject> objects) {
    List<EdgeRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public String kind() {
    return "edge";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("from", from);
    out.field("to", to);
    out.field("dependency", dependency);
    out.field("grouping", grouping);
    out.field("restart_on", restartOn);
    out.field("origin", origin);
  }
}
