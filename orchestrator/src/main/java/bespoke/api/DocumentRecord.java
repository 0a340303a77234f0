package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/// Where to read more about a service.
///
/// @param title of a manual page or of a link
/// @param section of the manual page, or empty for a link
/// @param manpath where the page is, or empty for the usual places
/// @param uri of a link, or empty for a manual page
public record DocumentRecord(String title, String section, String manpath, String uri)
    implements JsonWritable {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static DocumentRecord from(JsonObject object) {
    return new DocumentRecord(
        object.text("title"), object.text("section"), object.text("manpath"), object.text("uri"));
  }

  static List<DocumentRecord> list(List<JsonObject> objects) {
    List<DocumentRecord> list = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      list.add(from(objects.get(i)));
    }
    return list;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("title", title);
    out.field("section", section);
    out.field("manpath", manpath);
    out.field("uri", uri);
  }
}
