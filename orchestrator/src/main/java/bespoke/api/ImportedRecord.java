package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// What an import, an apply or a deletion did to one entity.
///
/// @param fmri the service or instance
/// @param effect `created`, `changed`, `unchanged` or `deleted`
public record ImportedRecord(String fmri, String effect) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ImportedRecord from(JsonObject object) {
    return new ImportedRecord(object.text("fmri"), object.text("effect"));
  }

  @Override
  public String kind() {
    return "imported";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("effect", effect);
  }
}
