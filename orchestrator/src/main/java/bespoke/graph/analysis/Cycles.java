package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.AsSubgraph;

/// Finds cycles of requirements; exclusions are no cycles (smf(7)).
///
/// A strongly connected part may hold exponentially many cycles. Each of its instances is shown on
/// one, the shortest through it, until [#LIMIT] are named. Costs the graph once, and for each cycle
/// its part; only what no order holds is looked at closely, for JGraphT's views are slow.
public final class Cycles {

  /// So many cycles are named.
  public static final int LIMIT = 50;

  private final Graph<InstanceFmri, Edge> graph;
  private final List<Cycle> found = new ArrayList<>();

  private Cycles(Graph<InstanceFmri, Edge> graph) {
    this.graph = graph;
  }

  /// The cycles of the graph, at most [#LIMIT]; empty when there is none.
  public static List<Cycle> of(InstanceGraph graph) {
    List<InstanceFmri> unordered = Orders.of(graph).cyclic();
    if (unordered.isEmpty()) {
      return List.of();
    }
    Cycles cycles = new Cycles(new AsSubgraph<>(graph.requirements(), Set.copyOf(unordered)));
    cycles.parts().forEach(cycles::cover);
    return List.copyOf(cycles.found);
  }

  private List<Set<InstanceFmri>> parts() {
    return new KosarajuStrongConnectivityInspector<>(graph)
        .stronglyConnectedSets().stream().filter(this::isCyclic).toList();
  }

  private boolean isCyclic(Set<InstanceFmri> part) {
    InstanceFmri first = part.iterator().next();
    return part.size() > 1 || graph.containsEdge(first, first);
  }

  private void cover(Set<InstanceFmri> part) {
    Set<InstanceFmri> shown = new HashSet<>();
    for (InstanceFmri instance : part.stream().sorted().toList()) {
      if (!shown.contains(instance) && found.size() < LIMIT) {
        Cycle cycle = shortestThrough(instance, part);
        found.add(cycle);
        shown.addAll(cycle.instances());
      }
    }
  }

  private Cycle shortestThrough(InstanceFmri start, Set<InstanceFmri> part) {
    Map<InstanceFmri, Edge> arrivedBy = new HashMap<>();
    Deque<InstanceFmri> queue = new ArrayDeque<>(List.of(start));
    while (!arrivedBy.containsKey(start)) {
      for (Edge edge : graph.outgoingEdgesOf(queue.remove())) {
        if (part.contains(edge.to()) && arrivedBy.putIfAbsent(edge.to(), edge) == null) {
          queue.add(edge.to());
        }
      }
    }
    return new Cycle(Paths.walkBack(arrivedBy, start, start));
  }
}
