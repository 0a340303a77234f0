package bespoke.manifest.systemd;

import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The dependencies so far, which never form a cycle.
///
/// What units say of their order comes first; a requirement that would close a cycle with that
/// gives way, because in SMF to require is to wait.
final class Ordering {

  /// How many steps are taken to look for a cycle; more edges than that are taken on trust, and the
  /// import itself looks again.
  private static final int STEPS_MAX = 200_000_000;

  private record Pair(InstanceFmri from, InstanceFmri to) {}

  private final Map<Pair, Edge> edges = new LinkedHashMap<>();
  private final Map<InstanceFmri, List<InstanceFmri>> targets = new HashMap<>();
  private long steps;

  Ordering() {
    Milestones.CHAIN.forEach(
        (from, all) -> all.forEach(to -> connect(milestone(from), milestone(to))));
  }

  private static InstanceFmri milestone(String service) {
    return new InstanceFmri(service, InstanceFmri.DEFAULT_INSTANCE);
  }

  private void connect(InstanceFmri from, InstanceFmri to) {
    targets.computeIfAbsent(from, _ -> new ArrayList<>()).add(to);
  }

  /// Adds an edge, unless it closes a cycle: then nothing changes and the way back, from `to` to
  /// `from`, is the answer.
  Optional<List<InstanceFmri>> add(Edge edge) {
    Pair pair = new Pair(edge.from(), edge.to());
    if (!edges.containsKey(pair)) {
      Optional<List<InstanceFmri>> back = path(edge.to(), edge.from());
      if (back.isPresent()) {
        return back;
      }
      connect(edge.from(), edge.to());
    }
    edges.merge(pair, edge, Edge::and);
    return Optional.empty();
  }

  private Optional<List<InstanceFmri>> path(InstanceFmri start, InstanceFmri end) {
    Map<InstanceFmri, InstanceFmri> before = new HashMap<>();
    Deque<InstanceFmri> reached = new ArrayDeque<>(List.of(start));
    before.put(start, start);
    while (!reached.isEmpty() && steps < STEPS_MAX) {
      InstanceFmri at = reached.remove();
      if (at.equals(end)) {
        return Optional.of(trace(before, start, end));
      }
      for (InstanceFmri next : targets.getOrDefault(at, List.of())) {
        steps++;
        if (before.putIfAbsent(next, at) == null) {
          reached.add(next);
        }
      }
    }
    return Optional.empty();
  }

  private static List<InstanceFmri> trace(
      Map<InstanceFmri, InstanceFmri> before, InstanceFmri start, InstanceFmri end) {
    List<InstanceFmri> way = new ArrayList<>(List.of(end));
    while (!way.getLast().equals(start)) {
      way.add(before.getOrDefault(way.getLast(), start));
    }
    Collections.reverse(way);
    return way;
  }

  /// The edge between two instances that follow each other on a way.
  Optional<Edge> between(InstanceFmri from, InstanceFmri to) {
    return Optional.ofNullable(edges.get(new Pair(from, to)));
  }

  /// All edges, in the order in which they were first said.
  Collection<Edge> edges() {
    return edges.values();
  }
}
