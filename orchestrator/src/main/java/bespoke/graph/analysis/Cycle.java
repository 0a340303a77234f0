package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.List;

/// A way that leads back to where it begins.
///
/// @param edges each beginning where the one before ends, the last ending where the first begins
public record Cycle(List<Edge> edges) {

  public Cycle {
    edges = List.copyOf(edges);
  }

  /// Its instances in order.
  public List<InstanceFmri> instances() {
    return edges.stream().map(Edge::from).toList();
  }

  /// Why definitions that close it are refused: the first line says what cannot be done, one line
  /// names each edge and where it was declared, the last says what to do.
  public List<String> refusal() {
    List<String> lines = new ArrayList<>(edges.size() + 2);
    Edge first = edges.getFirst();
    lines.add(
        first.dependency().origin()
            + ": cannot add "
            + first.from()
            + ": its dependencies lead back to itself:");
    edges.forEach(edge -> lines.add("  " + edge.describe()));
    lines.add("  Remove one of these dependencies.");
    return lines;
  }
}
