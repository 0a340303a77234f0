package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// One process of a contract.
///
/// @param pid its number
/// @param startEpochMillis when it started, in milliseconds since 1970 UTC
/// @param command its name, at most 15 characters (proc(5), comm)
/// @param arguments its command line, at most 80 characters
public record ProcessRecord(long pid, long startEpochMillis, String command, String arguments)
    implements JsonWritable {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ProcessRecord from(JsonObject object) {
    return new ProcessRecord(
        object.number("pid"),
        object.number("start"),
        object.text("command"),
        object.text("arguments"));
  }

  static List<ProcessRecord> list(List<JsonObject> objects) {
    List<ProcessRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("pid", pid);
    out.field("start", startEpochMillis);
    out.field("command", command);
    out.field("arguments", arguments);
  }
}
