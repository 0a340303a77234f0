package bespoke.change;

import bespoke.graph.analysis.Edge;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;

/// The order in which a change is made, from the graph as it will be.
public final class ChangeGraph {
  private final Graph<InstanceFmri, Edge> requirements;

  /// @param graph without cycles; what is on one has no order
  public ChangeGraph(InstanceGraph graph) {
    this.requirements = graph.requirements();
  }

  /// The wave of every member, from 0: one more than the latest of the members that it depends on,
  /// through whatever lies between.
  public Map<InstanceFmri, Integer> waves(Collection<InstanceFmri> members) {
    Set<InstanceFmri> chosen = new LinkedHashSet<>(members);
    Map<InstanceFmri, Integer> open = new HashMap<>();
    Map<InstanceFmri, Integer> levels = new HashMap<>();
    Deque<InstanceFmri> ready = new ArrayDeque<>();
    for (InstanceFmri instance : requirements.vertexSet()) {
      int needs = requirements.outDegreeOf(instance);
      open.put(instance, needs);
      if (needs == 0) {
        ready.add(instance);
      }
    }
    while (!ready.isEmpty()) {
      InstanceFmri instance = ready.remove();
      int level = levels.getOrDefault(instance, 0) + (chosen.contains(instance) ? 1 : 0);
      for (Edge edge : requirements.incomingEdgesOf(instance)) {
        levels.merge(edge.from(), level, Integer::max);
        if (open.merge(edge.from(), -1, Integer::sum) == 0) {
          ready.add(edge.from());
        }
      }
    }
    Map<InstanceFmri, Integer> waves = new LinkedHashMap<>();
    chosen.forEach(member -> waves.put(member, levels.getOrDefault(member, 0)));
    return waves;
  }

  /// Who depends on the members, through any number of others; the members excluded.
  public Set<InstanceFmri> bystanders(Collection<InstanceFmri> members) {
    Set<InstanceFmri> seen = new LinkedHashSet<>(members);
    Deque<InstanceFmri> left = new ArrayDeque<>(members);
    while (!left.isEmpty()) {
      InstanceFmri instance = left.remove();
      if (!requirements.containsVertex(instance)) {
        continue;
      }
      for (Edge edge : requirements.incomingEdgesOf(instance)) {
        if (seen.add(edge.from())) {
          left.add(edge.from());
        }
      }
    }
    members.forEach(seen::remove);
    return seen;
  }
}
