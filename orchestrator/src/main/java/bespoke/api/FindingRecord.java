package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// What `svcgraph check` found.
///
/// @param severity `error`, `warning` or `info`
/// @param rule the rule's name, such as `missing-dependency`
/// @param fmri whom it is about, or empty
/// @param message a sentence that ends with what to do
/// @param origin where, `FILE:LINE:COLUMN`, or empty
public record FindingRecord(
    String severity, String rule, String fmri, String message, String origin) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static FindingRecord from(JsonObject object) {
    return new FindingRecord(
        object.text("severity"),
        object.text("rule"),
        object.text("fmri"),
        object.text("message"),
        object.text("origin"));
  }

  @Override
  public String kind() {
    return "finding";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("severity", severity);
    out.field("rule", rule);
    out.field("fmri", fmri);
    out.field("message", message);
    out.field("origin", origin);
  }
}
