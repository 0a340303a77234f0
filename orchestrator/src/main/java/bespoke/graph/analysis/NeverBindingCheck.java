package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Finds dependencies that hold nothing back as things are: choices of which one is required
/// anyway, and options whose members are all disabled.
///
/// They are not wrong, so they are information: who enables the member makes them bind. Members
/// that do not exist are told as missing dependencies already. An exclusion of what is disabled is
/// what exclusions are for.
final class NeverBindingCheck {
  private final InstanceGraph graph;
  private final HardNeeds hardNeeds;
  private final Predicate<InstanceFmri> enabled;
  private final List<Finding> findings = new ArrayList<>();

  NeverBindingCheck(InstanceGraph graph, HardNeeds hardNeeds, Predicate<InstanceFmri> enabled) {
    this.graph = graph;
    this.hardNeeds = hardNeeds;
    this.enabled = enabled;
  }

  List<Finding> findings() {
    for (InstanceFmri instance : graph.instances()) {
      if (!enabled.test(instance)) {
        continue;
      }
      for (Dependency group : graph.groupsOf(instance)) {
        if (!group.isPath() && !hardNeeds.isExhausted()) {
          check(instance, group);
        }
      }
    }
    return findings;
  }

  private void check(InstanceFmri instance, Dependency group) {
    switch (group.grouping()) {
      case REQUIRE_ANY -> choice(instance, group);
      case OPTIONAL_ALL -> {
        boolean exists = group.entities().stream().anyMatch(it -> !instancesOf(it).isEmpty());
        if (exists && areOff(group)) {
          add(
              instance,
              group,
              "all its members are disabled, and disabled ones are not waited for");
        }
      }
      case EXCLUDE_ALL, REQUIRE_ALL -> {}
    }
  }

  private List<InstanceFmri> instancesOf(Entity entity) {
    return graph.instancesOf(entity);
  }

  private boolean areOff(Dependency group) {
    return group.entities().stream().flatMap(it -> instancesOf(it).stream()).noneMatch(enabled);
  }

  /// A choice binds nothing if something else requires one of its members, and it restarts nobody.
  private void choice(InstanceFmri instance, Dependency group) {
    if (!HardNeeds.isChoice(group) || group.restartOn() != RestartOn.NONE) {
      return;
    }
    Set<InstanceFmri> required = new LinkedHashSet<>(hardNeeds.of(instance));
    required.remove(instance);
    for (Entity member : group.entities()) {
      List<InstanceFmri> instances = instancesOf(member);
      if (instances.size() == 1 && required.contains(instances.getFirst())) {
        add(instance, group, "it requires " + instances.getFirst() + " anyway");
        return;
      }
    }
  }

  private void add(InstanceFmri instance, Dependency group, String because) {
    findings.add(
        new Finding(
            Finding.Severity.INFO,
            Finding.Rule.NEVER_BINDING,
            instance,
            "dependency \""
                + group.name()
                + "\" ("
                + group.grouping()
                + ") never holds it back, since "
                + because
                + "; leave it out if it is not meant for later",
            group.origin()));
  }
}
