package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// One line of the report of an import: what became of one construct of a foreign description.
///
/// @param file as the person named it
/// @param line from 1
/// @param column from 1
/// @param fidelity `exact`, `approximated` or `dropped`
/// @param construct in the words of its format, such as `Restart=`
/// @param text what it became, how it differs or why it was left out
public record ConstructRecord(
    String file, int line, int column, String fidelity, String construct, String text)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ConstructRecord from(JsonObject object) {
    return new ConstructRecord(
        object.text("file"),
        object.smallNumber("line"),
        object.smallNumber("column"),
        object.text("fidelity"),
        object.text("construct"),
        object.text("text"));
  }

  @Override
  public String kind() {
    return "construct";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("file", file);
    out.field("line", line);
    out.field("column", column);
    out.field("fidelity", fidelity);
    out.field("construct", construct);
    out.field("text", text);
  }

  /// `FILE:LINE:COLUMN: fidelity: construct: text`.
  @Override
  public String toString() {
    String head = file + ":" + line + ":" + column + ": " + fidelity + ": " + construct;
    return text.isEmpty() ? head : head + ": " + text;
  }
}
