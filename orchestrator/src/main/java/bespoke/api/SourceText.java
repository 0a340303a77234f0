package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// A file that is handed to the daemon with its content.
///
/// @param name as the person typed it, for messages
/// @param text its content
public record SourceText(String name, String text) implements JsonWritable {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static SourceText from(JsonObject object) {
    return new SourceText(object.text("name"), object.text("text"));
  }

  static List<SourceText> list(List<JsonObject> objects) {
    List<SourceText> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("name", name);
    out.field("text", text);
  }
}
