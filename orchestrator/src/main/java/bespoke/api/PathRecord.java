package bespoke.api;

import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// A way through the graph: of dependencies from A to B, or round a cycle.
///
/// @param edges in order
public record PathRecord(List<EdgeRecord> edges) implements Reply {

  public PathRecord {
    edges = List.copyOf(edges);
  }

  /// Reads one.
  ///
  /// @throws bespoke.api.json.JsonException if a field has the wrong type
  public static PathRecord from(JsonObject object) {
    return new PathRecord(EdgeRecord.list(object.objects("edges")));
  }

  @Override
  public String kind() {
    return "path";
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.objects("edges", edges);
  }
}
