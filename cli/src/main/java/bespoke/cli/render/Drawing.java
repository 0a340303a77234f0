package bespoke.cli.render;

import bespoke.api.EdgeRecord;
import bespoke.api.VertexRecord;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.TransitiveReduction;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;

/// A dependency graph that is to be drawn or exported.
///
/// @param vertices each FMRI once; every end of an edge is among them
/// @param edges from the dependent to what it depends on
public record Drawing(List<VertexRecord> vertices, List<EdgeRecord> edges) {

  public Drawing {
    vertices = List.copyOf(vertices);
    edges = List.copyOf(edges);
  }

  /// The graph of these records; what an edge names but no vertex describes becomes an absent one.
  public static Drawing of(List<VertexRecord> vertices, List<EdgeRecord> edges) {
    List<VertexRecord> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (VertexRecord vertex : vertices) {
      if (known.add(vertex.fmri())) {
        all.add(vertex);
      }
    }
    for (EdgeRecord edge : edges) {
      for (String end : List.of(edge.from(), edge.to())) {
        if (known.add(end)) {
          all.add(absent(end));
        }
      }
    }
    return new Drawing(all, edges);
  }

  private static VertexRecord absent(String fmri) {
    String type = fmri.startsWith("file:") ? "file" : "service";
    return new VertexRecord(
        fmri, FmriText.instance(fmri).isEmpty() ? type : "instance", "absent", "", false, "");
  }

  /// The vertices by their FMRI.
  Map<String, VertexRecord> byFmri() {
    Map<String, VertexRecord> map = new HashMap<>();
    for (VertexRecord vertex : vertices) {
      map.put(vertex.fmri(), vertex);
    }
    return map;
  }

  /// The vertex of that FMRI.
  VertexRecord vertex(String fmri, Map<String, VertexRecord> byFmri) {
    VertexRecord vertex = byFmri.get(fmri);
    return vertex == null ? absent(fmri) : vertex;
  }

  /// Whether the requirements form a cycle; then there is no reduction.
  public boolean isCyclic() {
    return new CycleDetector<>(requirements()).detectCycles();
  }

  /// Without the edges that other edges imply; exclusions stay.
  public Drawing reduced() {
    Graph<String, DefaultEdge> graph = requirements();
    TransitiveReduction.INSTANCE.reduce(graph);
    List<EdgeRecord> kept = new ArrayList<>();
    for (EdgeRecord edge : edges) {
      if (isExclusion(edge) || graph.containsEdge(edge.from(), edge.to())) {
        kept.add(edge);
      }
    }
    return new Drawing(vertices, kept);
  }

  private Graph<String, DefaultEdge> requirements() {
    Graph<String, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
    for (VertexRecord vertex : vertices) {
      graph.addVertex(vertex.fmri());
    }
    for (EdgeRecord edge : edges) {
      if (!isExclusion(edge) && !edge.from().equals(edge.to())) {
        graph.addEdge(edge.from(), edge.to());
      }
    }
    return graph;
  }

  private static boolean isExclusion(EdgeRecord edge) {
    return edge.grouping().equals("exclude_all");
  }

  /// The records as one JSON document.
  String json() {
    JsonWriter out = JsonWriter.complete();
    out.beginObject().objects("vertices", vertices).objects("edges", edges).endObject();
    return out + "\n";
  }
}
