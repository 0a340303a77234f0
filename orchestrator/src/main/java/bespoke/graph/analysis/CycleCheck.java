package bespoke.graph.analysis;

import java.util.List;

/// Reports cycles.
final class CycleCheck {
  private CycleCheck() {}

  static List<Finding> findings(InstanceGraph graph) {
    return Cycles.of(graph).stream().map(CycleCheck::finding).toList();
  }

  private static Finding finding(Cycle cycle) {
    Edge first = cycle.edges().getFirst();
    List<String> edges = cycle.edges().stream().map(Edge::describe).toList();
    return new Finding(
        Finding.Severity.ERROR,
        Finding.Rule.DEPENDENCY_CYCLE,
        first.from(),
        "its dependencies lead back to itself: "
            + String.join("; ", edges)
            + "; remove one of them",
        first.dependency().origin());
  }
}
