package bespoke.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.AsSubgraph;
import org.jgrapht.graph.MaskSubgraph;
import org.jgrapht.traverse.BreadthFirstIterator;

/// Finds the instances that take part in a cycle (smf.md 3.7). Exclusions do not count; restarters
/// do.
public final class CycleMembers {
  private CycleMembers() {}

  /// The instances on a cycle that can be reached from these, in order of appearance. Costs what
  /// can be reached.
  public static List<InstanceVertex> reachableFrom(
      DependencyGraph graph, Collection<InstanceVertex> from) {
    Graph<Vertex, DependencyEdge> followed =
        new MaskSubgraph<>(graph.asGraph(), _ -> false, CycleMembers::isExclusion);
    Set<Vertex> reachable = new HashSet<>();
    new BreadthFirstIterator<>(followed, List.<Vertex>copyOf(from))
        .forEachRemaining(reachable::add);
    Graph<Vertex, DependencyEdge> part = new AsSubgraph<>(followed, reachable);
    List<InstanceVertex> members = new ArrayList<>();
    for (Set<Vertex> component :
        new KosarajuStrongConnectivityInspector<>(part).stronglyConnectedSets()) {
      if (component.size() > 1 || part.containsEdge(first(component), first(component))) {
        addInstances(component, members);
      }
    }
    members.sort((a, b) -> Integer.compare(a.order(), b.order()));
    return members;
  }

  private static Vertex first(Set<Vertex> component) {
    return component.iterator().next();
  }

  private static void addInstances(Set<Vertex> component, List<InstanceVertex> members) {
    for (Vertex vertex : component) {
      if (vertex instanceof InstanceVertex instance) {
        members.add(instance);
      }
    }
  }

  private static boolean isExclusion(DependencyEdge edge) {
    DependencyGroup group = edge.group();
    return group != null && group.isExclusion();
  }
}
