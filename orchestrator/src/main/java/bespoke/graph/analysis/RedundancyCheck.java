package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import java.util.List;

/// Finds requirements that only repeat what follows from others.
///
/// Only a plain order is reported (`require_all`, `restart_on` none) that a chain of `require_all`
/// groups gives as well; anything else may be meant.
final class RedundancyCheck {
  private RedundancyCheck() {}

  static List<Finding> findings(InstanceGraph graph, HardNeeds hardNeeds) {
    return Reduction.redundant(graph, hardNeeds::isHard).stream()
        .filter(it -> isPlain(it.edge().dependency()))
        .map(it -> finding(it.edge(), it.via()))
        .toList();
  }

  private static boolean isPlain(Dependency group) {
    return group.grouping() == Grouping.REQUIRE_ALL && group.restartOn() == RestartOn.NONE;
  }

  private static Finding finding(Edge edge, InstanceFmri via) {
    return new Finding(
        Finding.Severity.INFO,
        Finding.Rule.REDUNDANT_DEPENDENCY,
        edge.from(),
        "dependency \""
            + edge.dependency().name()
            + "\" on "
            + edge.named()
            + " follows from the one on "
            + via
            + "; it can be left out",
        edge.dependency().origin());
  }
}
