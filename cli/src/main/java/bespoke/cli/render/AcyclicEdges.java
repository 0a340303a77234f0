package bespoke.cli.render;

import bespoke.api.EdgeRecord;
import bespoke.api.VertexRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The edges of a graph without those that close a cycle, found by a depth-first walk without
/// recursion. Exclusions are left out too: they say nothing about the order.
final class AcyclicEdges {

  private static final int NEW = 0;
  private static final int OPEN = 1;
  private static final int DONE = 2;

  private final Map<String, List<EdgeRecord>> leaving = new HashMap<>();
  private final Map<String, Integer> colour = new HashMap<>();
  private final List<EdgeRecord> kept = new ArrayList<>();

  private AcyclicEdges(Drawing drawing) {
    for (EdgeRecord edge : drawing.edges()) {
      if (!edge.grouping().equals("exclude_all")) {
        leaving.computeIfAbsent(edge.from(), from -> new ArrayList<>()).add(edge);
      }
    }
  }

  static List<EdgeRecord> of(Drawing drawing) {
    AcyclicEdges walk = new AcyclicEdges(drawing);
    for (VertexRecord vertex : drawing.vertices()) {
      walk.from(vertex.fmri());
    }
    return walk.kept;
  }

  private record Step(String fmri, int next) {}

  private void from(String start) {
    if (colour.getOrDefault(start, NEW) != NEW) {
      return;
    }
    Deque<Step> stack = new ArrayDeque<>();
    stack.push(new Step(start, 0));
    colour.put(start, OPEN);
    while (!stack.isEmpty()) {
      Step step = stack.pop();
      List<EdgeRecord> edges = leaving.getOrDefault(step.fmri(), List.of());
      if (step.next() == edges.size()) {
        colour.put(step.fmri(), DONE);
        continue;
      }
      stack.push(new Step(step.fmri(), step.next() + 1));
      EdgeRecord edge = edges.get(step.next());
      int state = colour.getOrDefault(edge.to(), NEW);
      if (state != OPEN) {
        kept.add(edge);
      }
      if (state == NEW) {
        colour.put(edge.to(), OPEN);
        stack.push(new Step(edge.to(), 0));
      }
    }
  }
}
