package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// One change of many services.
///
/// @param number from 1; 0 in a plan
/// @param standing `applying`, `rolling back`, `complete` or `rolled back`; `planned` in a plan
/// @param why what went wrong, or empty
/// @param user who asked
/// @param source `import`, or `revert of N`
/// @param comment why it was asked for, or empty
/// @param beganEpochMillis when
/// @param endedEpochMillis when, or 0
/// @param instances how many it is about
/// @param waves in how many steps
/// @param deaths how many daemons died while it was under way
public record ChangeRecord(
    long number,
    String standing,
    String why,
    String user,
    String source,
    String comment,
    long beganEpochMillis,
    long endedEpochMillis,
    int instances,
    int waves,
    int deaths)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static ChangeRecord from(JsonObject object) {
    return new ChangeRecord(
        object.number("number"),
        object.text("standing"),
        object.text("why"),
        object.text("user"),
        object.text("source"),
        object.text("comment"),
        object.number("began"),
        object.number("ended"),
        object.smallNumber("instances"),
        object.smallNumber("waves"),
        object.smallNumber("deaths"));
  }

  @Override
  public String kind() {
    return "change";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("number", number);
    out.field("standing", standing);
    out.field("why", why);
    out.field("user", user);
    out.field("source", source);
    out.field("comment", comment);
    out.field("began", beganEpochMillis);
    out.field("ended", endedEpochMillis);
    out.field("instances", instances);
    out.field("waves", waves);
    out.field("deaths", deaths);
  }
}
