package bespoke.engine;

import bespoke.graph.DependencyGraph;
import bespoke.graph.DependencyGroup;
import bespoke.model.EnabledSetting;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a milestone lets run, and how the rest is taken down (smf.md 4.7).
final class Milestones {
  private final Turn turn;
  private final Records records;
  private final Takedown takedown;
  private Milestone milestone = new Milestone.All();

  Milestones(Turn turn, Records records, Takedown takedown) {
    this.turn = turn;
    this.records = records;
    this.takedown = takedown;
  }

  Milestone current() {
    return milestone;
  }

  /// The milestone of before the daemon started; the overrides are in the instances' settings
  /// already.
  void restore(Milestone restored) {
    milestone = restored;
  }

  void request(Milestone requested) {
    milestone = requested;
    turn.decide(new Decision.RecordMilestone(requested, turn.cause()));
    Set<InstanceRecord> allowed = allowed();
    List<InstanceRecord> down = new ArrayList<>();
    for (InstanceRecord instance : records.all()) {
      if (!instance.enabled.isConfigured()) {
        continue;
      }
      if (allowed.contains(instance)) {
        admit(instance);
      } else {
        override(instance);
        down.add(instance);
      }
    }
    takedown.disableAll(down);
  }

  /// A new instance under a milestone that does not include it stays down.
  void restrict(InstanceRecord instance) {
    if (!(milestone instanceof Milestone.All) && !allowed().contains(instance)) {
      override(instance);
    }
  }

  private void admit(InstanceRecord instance) {
    if (instance.enabled.override().isPresent()) {
      turn.setEnabled(
          instance, new EnabledSetting(instance.enabled.permanent(), Optional.empty(), ""));
    }
    if (instance.isWanted() && instance.toDisable) {
      takedown.cancel(instance);
    }
    turn.send(new Message.CameToRest(instance));
  }

  private void override(InstanceRecord instance) {
    turn.setEnabled(
        instance,
        new EnabledSetting(
            instance.enabled.permanent(), Optional.of(false), instance.enabled.comment()));
  }

  private Set<InstanceRecord> allowed() {
    return switch (milestone) {
      case Milestone.All() -> new LinkedHashSet<>(records.all());
      case Milestone.None() -> Set.of();
      case Milestone.Of(InstanceFmri root) -> closure(root);
    };
  }

  private Set<InstanceRecord> closure(InstanceFmri root) {
    Set<InstanceRecord> closure = new LinkedHashSet<>();
    Deque<InstanceRecord> work = new ArrayDeque<>();
    InstanceRecord start = records.get(root);
    if (start != null) {
      closure.add(start);
      work.add(start);
    }
    for (InstanceRecord instance = work.poll(); instance != null; instance = work.poll()) {
      for (DependencyGroup group : instance.vertex.groups()) {
        addMembers(group, closure, work);
      }
    }
    return closure;
  }

  private void addMembers(
      DependencyGroup group, Set<InstanceRecord> closure, Deque<InstanceRecord> work) {
    if (group.isExclusion()) {
      return;
    }
    boolean isOptional = group.dependency().grouping() == Grouping.OPTIONAL_ALL;
    for (var vertex : DependencyGraph.instancesOf(group)) {
      InstanceRecord member = records.get(vertex);
      if (member != null
          && (!isOptional || member.enabled.permanent().orElse(false))
          && closure.add(member)) {
        work.add(member);
      }
    }
  }
}
