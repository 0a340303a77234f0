package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jgrapht.Graph;

/// How one instance comes to depend on another.
public final class Paths {
  private final Graph<InstanceFmri, Edge> graph;

  /// Looks at requirements only.
  public Paths(InstanceGraph graph) {
    this.graph = graph.requirements();
  }

  /// A shortest way; empty when there is none, or when an instance is not in the graph. From an
  /// instance to itself it is a cycle. Costs the part of the graph that is nearer.
  public Optional<List<Edge>> shortest(InstanceFmri from, InstanceFmri to) {
    if (!graph.containsVertex(from) || !graph.containsVertex(to)) {
      return Optional.empty();
    }
    Map<InstanceFmri, Edge> arrivedBy = new HashMap<>();
    Deque<InstanceFmri> queue = new ArrayDeque<>(List.of(from));
    while (!queue.isEmpty() && !arrivedBy.containsKey(to)) {
      for (Edge edge : graph.outgoingEdgesOf(queue.remove())) {
        if (arrivedBy.putIfAbsent(edge.to(), edge) == null) {
          queue.add(edge.to());
        }
      }
    }
    return arrivedBy.containsKey(to)
        ? Optional.of(walkBack(arrivedBy, from, to))
        : Optional.empty();
  }

  /// The edges that led from one to the other.
  static List<Edge> walkBack(
      Map<InstanceFmri, Edge> arrivedBy, InstanceFmri from, InstanceFmri to) {
    List<Edge> edges = new ArrayList<>();
    InstanceFmri current = to;
    do {
      Edge edge = arrivedBy.get(current);
      if (edge == null) {
        throw new IllegalStateException("no way back from " + current + " to " + from);
      }
      edges.add(edge);
      current = edge.from();
    } while (!current.equals(from));
    Collections.reverse(edges);
    return edges;
  }

  /// Ways that meet no instance twice, at most `limit`; parallel edges count once. Every step that
  /// is tried can still reach the end, though its way there may be taken already.
  public List<List<Edge>> simple(InstanceFmri from, InstanceFmri to, int limit) {
    if (!graph.containsVertex(from) || !graph.containsVertex(to)) {
      return List.of();
    }
    Set<InstanceFmri> useful = dependentsOf(to);
    List<List<Edge>> found = new ArrayList<>();
    Set<InstanceFmri> onPath = new HashSet<>(Set.of(from));
    Deque<Iterator<Edge>> choices = new ArrayDeque<>();
    Deque<Edge> path = new ArrayDeque<>();
    choices.push(steps(from, useful));
    while (!choices.isEmpty() && found.size() < limit) {
      if (!choices.element().hasNext()) {
        choices.pop();
        if (!path.isEmpty()) {
          onPath.remove(path.removeLast().to());
        }
        continue;
      }
      Edge edge = choices.element().next();
      if (edge.to().equals(to)) {
        List<Edge> way = new ArrayList<>(path);
        way.add(edge);
        found.add(way);
      } else if (onPath.add(edge.to())) {
        path.addLast(edge);
        choices.push(steps(edge.to(), useful));
      }
    }
    return found;
  }

  private Iterator<Edge> steps(InstanceFmri from, Set<InstanceFmri> useful) {
    Map<InstanceFmri, Edge> steps = new LinkedHashMap<>();
    for (Edge edge : graph.outgoingEdgesOf(from)) {
      if (useful.contains(edge.to())) {
        steps.putIfAbsent(edge.to(), edge);
      }
    }
    return steps.values().iterator();
  }

  /// The instance itself and all that reach it.
  private Set<InstanceFmri> dependentsOf(InstanceFmri instance) {
    Set<InstanceFmri> reached = new HashSet<>(Set.of(instance));
    Deque<InstanceFmri> queue = new ArrayDeque<>(reached);
    while (!queue.isEmpty()) {
      for (Edge edge : graph.incomingEdgesOf(queue.remove())) {
        if (reached.add(edge.from())) {
          queue.add(edge.from());
        }
      }
    }
    return reached;
  }
}
