package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// What one file of an import held: the counts of its report.
///
/// @param file as the person named it
/// @param format `yaml`, `smf`, `systemd`, `supervisord` or `compose`
/// @param services how many it describes
/// @param exact constructs that behave as they did
/// @param approximated constructs that behave similarly
/// @param dropped constructs that are left out
/// @param errors mistakes that keep it from being imported
public record DescriptionRecord(
    String file, String format, int services, int exact, int approximated, int dropped, int errors)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static DescriptionRecord from(JsonObject object) {
    return new DescriptionRecord(
        object.text("file"),
        object.text("format"),
        object.smallNumber("services"),
        object.smallNumber("exact"),
        object.smallNumber("approximated"),
        object.smallNumber("dropped"),
        object.smallNumber("errors"));
  }

  @Override
  public String kind() {
    return "description";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("file", file);
    out.field("format", format);
    out.field("services", services);
    out.field("exact", exact);
    out.field("approximated", approximated);
    out.field("dropped", dropped);
    out.field("errors", errors);
  }
}
