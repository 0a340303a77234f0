package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// How the edges of a service or an instance differ.
///
/// @param fmri whose they are
/// @param removed edges that are no more
/// @param added edges that are new; one that changed is in both lists
public record EdgeDifferenceRecord(String fmri, List<EdgeRecord> removed, List<EdgeRecord> added)
    implements Reply {

  public EdgeDifferenceRecord {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static EdgeDifferenceRecord from(JsonObject object) {
    return new EdgeDifferenceRecord(
        object.text("fmri"),
        EdgeRecord.list(object.objects("removed")),
        EdgeRecord.list(object.objects("added")));
  }

  @Override
  public String kind() {
    return "edge-difference";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("fmri", fmri);
    out.objects("removed", removed);
    out.objects("added", added);
  }
}
