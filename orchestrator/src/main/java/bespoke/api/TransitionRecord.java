package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;

/// One step of an instance, as `watch` and `history` report it.
///
/// @param fmri who moved
/// @param from the state before
/// @param to the state after; equal to `from` when only the next state changed
/// @param next the state it is moving to, or empty
/// @param auxiliary the short reason
/// @param because the instance whose step led to this one, or empty
/// @param message a sentence for a person, or empty
/// @param actor who asked, or empty
/// @param atEpochMillis in milliseconds since 1970 UTC
/// @param cause id of the event that led to it
public record TransitionRecord(
    String fmri,
    String from,
    String to,
    String next,
    String auxiliary,
    String because,
    String message,
    String actor,
    long atEpochMillis,
    long cause)
    implements Reply {

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static TransitionRecord from(JsonObject object) {
    return new TransitionRecord(
        object.text("fmri"),
        object.text("from"),
        object.text("to"),
        object.text("next"),
        object.text("auxiliary"),
        object.text("because"),
        object.text("message"),
        object.text("actor"),
        object.number("at"),
        object.number("cause"));
  }

  @Override
  public String kind() {
    return "transition";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.field("from", from);
    out.field("to", to);
    out.field("next", next);
    out.field("auxiliary", auxiliary);
    out.field("because", because);
    out.field("message", message);
    out.field("actor", actor);
    out.field("at", atEpochMillis);
    out.field("cause", cause);
  }
}
