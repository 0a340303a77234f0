package bespoke.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.AsSubgraph;
import org.jgrapht.graph.MaskSubgraph;

/// Finds the instances that take part in a cycle (smf.md 3.7). Exclusions do not count; restarters
/// do.
///
/// Vertices without a dependent are peeled off first, which leaves nothing of a graph without
/// cycles and costs its edges; only the rest is given to JGraphT, whose views are slow on large
/// graphs.
public final class CycleMembers {
  /// So many are probed one by one.
  private static final int FEW = 16;

  private final DependencyGraph graph;
  private final Map<Vertex, Integer> dependents = new HashMap<>();

  private CycleMembers(DependencyGraph graph) {
    this.graph = graph;
  }

  /// The instances on a cycle that can be reached from these, in order of appearance; a few that
  /// are on no cycle themselves are known for it by a [CycleProbe]. Costs what can be reached, but
  /// for those few only what is nearer of dependencies and dependents.
  public static List<InstanceVertex> reachableFrom(
      DependencyGraph graph, Collection<InstanceVertex> from) {
    if (from.size() <= FEW && from.stream().noneMatch(it -> new CycleProbe(graph, it).finds())) {
      return List.of();
    }
    CycleMembers search = new CycleMembers(graph);
    search.reach(from);
    search.peel();
    return search.dependents.isEmpty() ? List.of() : search.members();
  }

  private void reach(Collection<InstanceVertex> from) {
    Deque<Vertex> work = new ArrayDeque<>();
    for (InstanceVertex vertex : from) {
      if (dependents.putIfAbsent(vertex, 0) == null) {
        work.add(vertex);
      }
    }
    for (Vertex vertex = work.poll(); vertex != null; vertex = work.poll()) {
      for (DependencyEdge edge : graph.outgoing(vertex)) {
        if (!isExclusion(edge)) {
          if (dependents.putIfAbsent(edge.target(), 0) == null) {
            work.add(edge.target());
          }
          dependents.merge(edge.target(), 1, Integer::sum);
        }
      }
    }
  }

  private void peel() {
    Deque<Vertex> work = new ArrayDeque<>();
    dependents.forEach((vertex, count) -> {
      if (count == 0) {
        work.add(vertex);
      }
    });
    for (Vertex vertex = work.poll(); vertex != null; vertex = work.poll()) {
      dependents.remove(vertex);
      for (DependencyEdge edge : graph.outgoing(vertex)) {
        if (!isExclusion(edge) && dependents.merge(edge.target(), -1, Integer::sum) == 0) {
          work.add(edge.target());
        }
      }
    }
  }

  private List<InstanceVertex> members() {
    Graph<Vertex, DependencyEdge> followed =
        new MaskSubgraph<>(graph.asGraph(), _ -> false, CycleMembers::isExclusion);
    Graph<Vertex, DependencyEdge> rest = new AsSubgraph<>(followed, dependents.keySet());
    List<InstanceVertex> members = new ArrayList<>();
    for (Set<Vertex> component :
        new KosarajuStrongConnectivityInspector<>(rest).stronglyConnectedSets()) {
      Vertex first = component.iterator().next();
      if (component.size() > 1 || rest.containsEdge(first, first)) {
        addInstances(component, members);
      }
    }
    members.sort((a, b) -> Integer.compare(a.order(), b.order()));
    return members;
  }

  private static void addInstances(Set<Vertex> component, List<InstanceVertex> members) {
    for (Vertex vertex : component) {
      if (vertex instanceof InstanceVertex instance) {
        members.add(instance);
      }
    }
  }

  static boolean isExclusion(DependencyEdge edge) {
    DependencyGroup group = edge.group();
    return group != null && group.isExclusion();
  }
}
