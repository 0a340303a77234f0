package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// What becomes of one instance in a plan.
///
/// @param wave in which it is over, from 1; 0 for what stays
/// @param fmri whose
/// @param effect `start`, `restart`, `refresh`, `stop`, `change`, `delete` or `stay`
/// @param from its state before
/// @param to its state afterwards
/// @param atMillis how long after the request it is over
/// @param why a clause
/// @param path the instances through which the effect reached it, from the one that began
/// @param lost why it does not run afterwards though it is enabled, a clause; or empty
/// @param named whether the request is about it
public record PlanEffectRecord(
    int wave,
    String fmri,
    String effect,
    String from,
    String to,
    long atMillis,
    String why,
    List<String> path,
    String lost,
    boolean named)
    implements Reply {

  public PlanEffectRecord {
    path = List.copyOf(path);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static PlanEffectRecord from(JsonObject object) {
    return new PlanEffectRecord(
        object.smallNumber("wave"),
        object.text("fmri"),
        object.text("effect"),
        object.text("from"),
        object.text("to"),
        object.number("at_ms"),
        object.text("why"),
        object.texts("path"),
        object.text("lost"),
        object.flag("named"));
  }

  /// Whether it goes down, if only for a moment, and the request is not about it.
  public boolean isHarm() {
    return !named && (effect.equals("stop") || effect.equals("restart") || effect.equals("delete"));
  }

  @Override
  public String kind() {
    return "effect";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("wave", wave);
    out.field("fmri", fmri);
    out.field("effect", effect);
    out.field("from", from);
    out.field("to", to);
    out.field("at_ms", atMillis);
    out.field("why", why);
    out.texts("path", path);
    out.field("lost", lost);
    out.field("named", named);
  }
}
