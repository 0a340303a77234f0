package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;

/// Whether an instance should run: the permanent setting and what overrides it until reboot.
///
/// @param permanent `general/enabled`
/// @param override `general_ovr/enabled`: `true`, `false`, or empty when there is none
/// @param comment why it was disabled, or empty
public record EnabledRecord(boolean permanent, String override, String comment)
    implements JsonWritable {

  /// Disabled, for no known reason.
  public static final EnabledRecord NEVER = new EnabledRecord(false, "", "");

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static EnabledRecord from(JsonObject object) {
    return new EnabledRecord(
        object.flag("permanent"), object.text("override"), object.text("comment"));
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("permanent", permanent);
    out.field("override", override);
    out.field("comment", comment);
  }

  /// What counts now: the override, else the permanent setting.
  public boolean effective() {
    return override.isEmpty() ? permanent : override.equals("true");
  }

  /// Whether an override differs from the permanent setting, shown as `(temporary)`.
  public boolean isTemporary() {
    return effective() != permanent;
  }
}
