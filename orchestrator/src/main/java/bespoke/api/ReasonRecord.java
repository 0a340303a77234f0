package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// Why an instance does not run: a sentence, or another instance and what is the matter with it.
///
/// @param code of the message catalogue, such as `SMF-8000-GE`
/// @param text the whole sentence; empty when `service` is given
/// @param service the FMRI that is the root cause, or empty
/// @param summary what is the matter with it, such as `is disabled.`
/// @param path the FMRIs from the instance to the root cause, both included
/// @param logs logs of the service that asked for maintenance
public record ReasonRecord(
    String code, String text, String service, String summary, List<String> path, List<String> logs)
    implements JsonWritable {

  public ReasonRecord {
    path = List.copyOf(path);
    logs = List.copyOf(logs);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ReasonRecord from(JsonObject object) {
    return new ReasonRecord(
        object.text("code"),
        object.text("text"),
        object.text("service"),
        object.text("summary"),
        object.texts("path"),
        object.texts("logs"));
  }

  static List<ReasonRecord> list(List<JsonObject> objects) {
    List<ReasonRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("code", code);
    out.field("text", text);
    out.field("service", service);
    out.field("summary", summary);
    out.texts("path", path);
    out.texts("logs", logs);
  }
}
