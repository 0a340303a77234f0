package bespoke.cli.shell;

import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// What subcommands print: rows of words in columns two blanks apart, or JSON.
final class AlignedRows {

  private AlignedRows() {}

  /// One document with a list, every field of every record.
  static String json(String name, List<? extends JsonWritable> records) {
    JsonWriter out = JsonWriter.complete().beginObject();
    out.objects(name, records);
    return out.endObject() + "\n";
  }

  static String of(List<List<String>> rows) {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
