package bespoke.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells whether one instance is on a cycle, by walking down to what it depends on and up to its
/// dependents in turns.
///
/// Where the two meet there is a cycle; when either comes to an end there is none. So a leaf or a
/// root costs its own edges, however large the graph is.
final class CycleProbe {
  private final DependencyGraph graph;
  private final Set<Vertex> below = new HashSet<>();
  private final Set<Vertex> above = new HashSet<>();
  private final Deque<Vertex> down = new ArrayDeque<>();
  private final Deque<Vertex> up = new ArrayDeque<>();
  private boolean met;

  CycleProbe(DependencyGraph graph, InstanceVertex start) {
    this.graph = graph;
    down.add(start);
    up.add(start);
  }

  boolean finds() {
    while (!met) {
      Vertex lower = down.poll();
      Vertex upper = up.poll();
      if (lower == null || upper == null) {
        return false;
      }
      stepDown(lower);
      stepUp(upper);
    }
    return true;
  }

  private void stepDown(Vertex vertex) {
    for (DependencyEdge edge : graph.outgoing(vertex)) {
      if (!CycleMembers.isExclusion(edge) && below.add(edge.target())) {
        down.add(edge.target());
        met |= above.contains(edge.target());
      }
    }
  }

  private void stepUp(Vertex vertex) {
    for (DependencyEdge edge : graph.incoming(vertex)) {
      Vertex source = source(edge, vertex);
      if (source != null && !CycleMembers.isExclusion(edge) && above.add(source)) {
        up.add(source);
        met |= below.contains(source);
      }
    }
  }

  private @Nullable Vertex source(DependencyEdge edge, Vertex target) {
    DependencyGroup group = edge.group();
    return group == null ? graph.serviceOf(target) : group.dependent();
  }
}
