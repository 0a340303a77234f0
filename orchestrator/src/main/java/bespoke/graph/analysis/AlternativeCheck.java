package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds single points of failure behind a choice: `require_any` groups whose members all need the
/// same instance, so that its loss leaves none of them.
final class AlternativeCheck {
  private final InstanceGraph graph;
  private final HardNeeds hardNeeds;
  private final List<Finding> findings = new ArrayList<>();

  AlternativeCheck(InstanceGraph graph, HardNeeds hardNeeds) {
    this.graph = graph;
    this.hardNeeds = hardNeeds;
  }

  List<Finding> findings() {
    for (InstanceFmri instance : graph.instances()) {
      graph.groupsOf(instance).stream()
          .filter(HardNeeds::isChoice)
          .takeWhile(group -> !hardNeeds.isExhausted())
          .forEach(group -> check(instance, group));
    }
    return findings;
  }

  private void check(InstanceFmri instance, Dependency group) {
    Set<InstanceFmri> common = new LinkedHashSet<>(hardNeeds.of(group.entities().getFirst()));
    for (Entity entity : group.entities()) {
      common.retainAll(hardNeeds.of(entity));
    }
    if (!common.isEmpty()) {
      findings.add(
          new Finding(
              Finding.Severity.WARNING,
              Finding.Rule.ILLUSORY_ALTERNATIVE,
              instance,
              "the members of dependency \""
                  + group.name()
                  + "\" (require_any) all need "
                  + common.iterator().next()
                  + ", so none is left when that fails; give one member another base",
              group.origin()));
    }
  }
}
