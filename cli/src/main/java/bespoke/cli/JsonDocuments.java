package bespoke.cli;

import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// What `--json` prints: one object with one list, every field of every record.
final class JsonDocuments {

  private JsonDocuments() {}

  /// `{"NAME":[…]}` with a newline.
  static String of(String name, List<? extends JsonWritable> records) {
    JsonWriter out = JsonWriter.complete();
    out.beginObject().objects(name, records).endObject();
    return out + "\n";
  }
}
