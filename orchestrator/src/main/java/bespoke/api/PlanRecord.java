package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// A plan as a whole.
///
/// @param id for [ChangeRequest.Apply]
/// @param durationMillis from the request until nothing moves any more
/// @param learned whether the duration rests on earlier runs, not on guesses alone
/// @param complete whether everything comes to rest; otherwise something never does
/// @param untilRefresh whether what the request changes reaches instances only when they are
///   refreshed
/// @param ask who must confirm what stops others: `terminal`, `always` or `never`
/// @param configures whether something would be configured otherwise, though nothing may move
/// @param failure why what it begins would be taken back, a clause; or empty
public record PlanRecord(
    String id,
    long durationMillis,
    boolean learned,
    boolean complete,
    boolean untilRefresh,
    String ask,
    boolean configures,
    String failure)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static PlanRecord from(JsonObject object) {
    return new PlanRecord(
        object.text("id"),
        object.number("duration_ms"),
        object.flag("learned"),
        object.flag("complete"),
        object.flag("until_refresh"),
        object.text("ask"),
        object.flag("configures"),
        object.text("failure"));
  }

  @Override
  public String kind() {
    return "plan";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("id", id);
    out.field("duration_ms", durationMillis);
    out.field("learned", learned);
    out.field("complete", complete);
    out.field("until_refresh", untilRefresh);
    out.field("ask", ask);
    out.field("configures", configures);
    out.field("failure", failure);
  }
}
