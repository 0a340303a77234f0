package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// What happens to an instance when another goes down.
///
/// @param fmri the instance
/// @param effect `stops`, `restarts`, `stays` or `may_start`
/// @param via the FMRI through which it is hit
/// @param why a sentence: the dependency that decides
public record ImpactRecord(String fmri, String effect, String via, String why) implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ImpactRecord from(JsonObject object) {
    return new ImpactRecord(
        object.text("fmri"), object.text("effect"), object.text("via"), object.text("why"));
  }

  @Override
  public String kind() {
    return "impact";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("effect", effect);
    out.field("via", via);
    out.field("why", why);
  }
}
