package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What an instance cannot run without, whatever happens: its requirements that leave no choice.
///
/// A choice of one is none: a `require_any` group with one member, or a service with one instance.
final class HardNeeds {
  /// So many edges are walked in all, a few seconds' worth.
  private static final long STEPS_MAX = 20_000_000;

  private final InstanceGraph graph;
  private long steps;

  HardNeeds(InstanceGraph graph) {
    this.graph = graph;
  }

  /// Whether this edge leaves no choice.
  boolean isHard(Edge edge) {
    Dependency group = edge.dependency();
    boolean required =
        switch (group.grouping()) {
          case REQUIRE_ALL -> true;
          case REQUIRE_ANY -> group.entities().size() == 1;
          case OPTIONAL_ALL, EXCLUDE_ALL -> false;
        };
    return required && graph.instancesOf(edge.named()).size() == 1;
  }

  /// Whether enough was walked; who asks about every instance should stop then, or a large graph
  /// would take hours.
  boolean isExhausted() {
    return steps > STEPS_MAX;
  }

  /// The instance and all that it cannot run without. Costs the edges it walks.
  Set<InstanceFmri> of(InstanceFmri instance) {
    Set<InstanceFmri> needs = new LinkedHashSet<>(List.of(instance));
    Deque<InstanceFmri> queue = new ArrayDeque<>(needs);
    while (!queue.isEmpty()) {
      for (Edge edge : graph.requirements().outgoingEdgesOf(queue.remove())) {
        steps++;
        if (isHard(edge) && needs.add(edge.to())) {
          queue.add(edge.to());
        }
      }
    }
    return needs;
  }

  /// What a member of a group cannot run without; a service with several instances leaves a choice.
  Set<InstanceFmri> of(Entity entity) {
    List<InstanceFmri> instances = graph.instancesOf(entity);
    return instances.size() == 1 ? of(instances.getFirst()) : Set.of();
  }

  /// The instance and all that cannot run without it.
  Set<InstanceFmri> dependents(InstanceFmri instance) {
    Set<InstanceFmri> dependents = new LinkedHashSet<>(List.of(instance));
    Deque<InstanceFmri> queue = new ArrayDeque<>(dependents);
    while (!queue.isEmpty()) {
      for (Edge edge : graph.requirements().incomingEdgesOf(queue.remove())) {
        steps++;
        if (isHard(edge) && dependents.add(edge.from())) {
          queue.add(edge.from());
        }
      }
    }
    return dependents;
  }

  /// Whether the group offers a choice between several members.
  static boolean isChoice(Dependency group) {
    return group.grouping() == Grouping.REQUIRE_ANY
        && !group.isPath()
        && group.entities().size() > 1;
  }
}
