package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// One instance of a change.
///
/// @param fmri of the instance
/// @param effect `created`, `changed` or `deleted`
/// @param action what happens to it: `start`, `restart`, `refresh`, `clear`, `stop` or `nothing`
/// @param wave from 1
/// @param state how it is now, a word, or empty when it is not known
/// @param differences `config/port 80 -> 81 (restart)`, a line each
public record MemberRecord(
    String fmri, String effect, String action, int wave, String state, List<String> differences)
    implements Reply {

  public MemberRecord {
    differences = List.copyOf(differences);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static MemberRecord from(JsonObject object) {
    return new MemberRecord(
        object.text("fmri"),
        object.text("effect"),
        object.text("action"),
        object.smallNumber("wave"),
        object.text("state"),
        object.texts("differences"));
  }

  @Override
  public String kind() {
    return "member";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("effect", effect);
    out.field("action", action);
    out.field("wave", wave);
    out.field("state", state);
    out.texts("differences", differences);
  }
}
