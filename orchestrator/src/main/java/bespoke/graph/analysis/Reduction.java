package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jgrapht.Graph;

/// The requirements that a picture needs: an edge is left out when a longer way says the same
/// (transitive reduction).
///
/// JGraphT's own keeps a bit for every pair of vertices, 1.25 GB for 100,000; this one walks from
/// each instance with several targets, no deeper than its lowest target.
public final class Reduction {
  private final Graph<InstanceFmri, Edge> graph;
  private final Predicate<Edge> counted;
  private final Map<InstanceFmri, Integer> depth = new HashMap<>();

  private Reduction(InstanceGraph instances, Predicate<Edge> counted) {
    this.graph = instances.requirements();
    this.counted = counted;
    List<List<InstanceFmri>> waves = Orders.of(instances).waves();
    for (int i = 0; i < waves.size(); i++) {
      for (InstanceFmri instance : waves.get(i)) {
        depth.put(instance, i);
      }
    }
  }

  /// An edge that another way makes superfluous.
  ///
  /// @param via the other target over which its end is reached
  public record Redundant(Edge edge, InstanceFmri via) {}

  /// The requirements with another, longer way between their ends. Members of cycles and what
  /// depends on them keep all edges.
  ///
  /// @param counted which edges there are; the others are as if they were not
  public static List<Redundant> redundant(InstanceGraph instances, Predicate<Edge> counted) {
    Reduction reduction = new Reduction(instances, counted);
    List<Redundant> redundant = new ArrayList<>();
    instances.instances().forEach(instance -> reduction.collect(instance, redundant));
    return redundant;
  }

  /// The requirements that are left, one between any two instances.
  public static List<Edge> kept(InstanceGraph instances) {
    Set<Edge> redundant = new HashSet<>();
    redundant(instances, edge -> true).forEach(it -> redundant.add(it.edge()));
    Map<InstanceFmri, Set<InstanceFmri>> drawn = new HashMap<>();
    return instances.requirements().edgeSet().stream()
        .filter(edge -> !redundant.contains(edge))
        .filter(edge -> drawn.computeIfAbsent(edge.from(), key -> new HashSet<>()).add(edge.to()))
        .toList();
  }

  private void collect(InstanceFmri instance, List<Redundant> redundant) {
    List<Edge> edges = stepsFrom(instance);
    Set<InstanceFmri> targets = new LinkedHashSet<>();
    edges.forEach(edge -> targets.add(edge.to()));
    if (targets.size() < 2 || !depth.containsKey(instance)) {
      return;
    }
    Map<InstanceFmri, InstanceFmri> behind = behind(targets);
    for (Edge edge : edges) {
      InstanceFmri via = behind.get(edge.to());
      if (via != null) {
        redundant.add(new Redundant(edge, via));
      }
    }
  }

  private List<Edge> stepsFrom(InstanceFmri instance) {
    return graph.outgoingEdgesOf(instance).stream().filter(counted).toList();
  }

  /// What is reached from the targets in at least one step, as deep as the lowest target, each with
  /// the target it is reached from.
  private Map<InstanceFmri, InstanceFmri> behind(Set<InstanceFmri> targets) {
    int lowest = targets.stream().mapToInt(this::depthOf).min().orElse(0);
    Map<InstanceFmri, InstanceFmri> behind = new HashMap<>();
    Deque<InstanceFmri> queue = new ArrayDeque<>(targets);
    while (!queue.isEmpty()) {
      InstanceFmri at = queue.remove();
      if (depthOf(at) <= lowest) {
        continue;
      }
      for (Edge edge : stepsFrom(at)) {
        InstanceFmri via = behind.getOrDefault(at, at);
        if (depthOf(edge.to()) >= lowest && behind.putIfAbsent(edge.to(), via) == null) {
          queue.add(edge.to());
        }
      }
    }
    return behind;
  }

  private int depthOf(InstanceFmri instance) {
    return depth.getOrDefault(instance, -1);
  }
}
