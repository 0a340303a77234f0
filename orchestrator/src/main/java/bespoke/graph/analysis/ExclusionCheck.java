package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds instances that need two others which may not run together.
final class ExclusionCheck {
  private final InstanceGraph graph;
  private final HardNeeds hardNeeds;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<InstanceFmri> reported = new LinkedHashSet<>();

  ExclusionCheck(InstanceGraph graph, HardNeeds hardNeeds) {
    this.graph = graph;
    this.hardNeeds = hardNeeds;
  }

  /// One finding an instance; only for those nearest to the contradiction, since what depends on
  /// them follows. Costs the dependents of every excluded pair.
  List<Finding> findings() {
    for (Edge edge : graph.exclusions().edgeSet()) {
      if (hardNeeds.isExhausted()) {
        break;
      }
      Set<InstanceFmri> victims = new LinkedHashSet<>(hardNeeds.dependents(edge.from()));
      victims.retainAll(hardNeeds.dependents(edge.to()));
      victims.stream().filter(victim -> isNearest(victim, victims)).forEach(it -> add(it, edge));
    }
    return findings;
  }

  private boolean isNearest(InstanceFmri victim, Set<InstanceFmri> victims) {
    return graph.requirements().outgoingEdgesOf(victim).stream()
        .noneMatch(edge ->
            hardNeeds.isHard(edge) && victims.contains(edge.to()) && !edge.to().equals(victim));
  }

  private void add(InstanceFmri victim, Edge exclusion) {
    if (!reported.add(victim)) {
      return;
    }
    String what =
        exclusion.from().equals(victim)
            ? "it requires " + exclusion.to() + " and excludes it"
            : "it requires both " + exclusion.from() + " and " + exclusion.to();
    findings.add(
        new Finding(
            Finding.Severity.ERROR,
            Finding.Rule.IMPOSSIBLE_EXCLUSION,
            victim,
            what
                + ", but "
                + exclusion.describe()
                + ", so it can never start; remove the exclusion or the requirement",
            exclusion.dependency().origin()));
  }
}
