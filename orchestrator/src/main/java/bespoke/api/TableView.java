package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// How whoever asks for a table sees the times and states in it. The daemon has another time zone,
/// perhaps, and another clock to look at; so the one who asks tells his.
///
/// @param nowEpochMillis the time, in milliseconds since 1970 UTC
/// @param firstOffset distance to UTC before the first transition, in seconds east of Greenwich
/// @param transitions moments in seconds since 1970 UTC at which the distance changed, ascending
/// @param offsets the distance from each of these moments
/// @param colour whether states are painted
public record TableView(
    long nowEpochMillis,
    long firstOffset,
    List<Long> transitions,
    List<Long> offsets,
    boolean colour)
    implements JsonWritable {

  public TableView {
    transitions = List.copyOf(transitions);
    offsets = List.copyOf(offsets);
  }

  /// Reads one.
  ///
  /// @throws JsonException if a field has the wrong type, or the lists do not fit each other
  public static TableView from(JsonObject object) {
    TableView view =
        new TableView(
            object.number("now"),
            object.number("offset"),
            object.numbers("transitions"),
            object.numbers("offsets"),
            object.flag("colour"));
    if (view.offsets.size() != view.transitions.size()) {
      throw new JsonException("there must be as many \"offsets\" as \"transitions\"");
    }
    return view;
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("now", nowEpochMillis);
    out.field("offset", firstOffset);
    out.numbers("transitions", transitions);
    out.numbers("offsets", offsets);
    out.field("colour", colour);
  }
}
