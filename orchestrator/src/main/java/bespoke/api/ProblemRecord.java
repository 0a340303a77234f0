package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// Something wrong in a service description.
///
/// @param file as the person named it
/// @param line from 1, or 0
/// @param column from 1, or 0
/// @param severity `error` or `warning`
/// @param message begins with "cannot" and ends with what to do
public record ProblemRecord(String file, int line, int column, String severity, String message)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ProblemRecord from(JsonObject object) {
    return new ProblemRecord(
        object.text("file"),
        object.smallNumber("line"),
        object.smallNumber("column"),
        object.text("severity"),
        object.text("message"));
  }

  @Override
  public String kind() {
    return "problem";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("file", file);
    out.field("line", line);
    out.field("column", column);
    out.field("severity", severity);
    out.field("message", message);
  }

  /// `FILE:LINE:COLUMN: message`, without the numbers that are not known.
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    return place.isEmpty() ? message : place + ": " + message;
  }
}
