package bespoke.engine;

import bespoke.graph.DependencyGroup;
import bespoke.model.RestartOn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes instances down leaf first (smf.md 4.5, 4.7): who depends on what goes down goes down
/// before it.
///
/// Marked instances wait until no marked instance that depends on them is up. The cost of a step is
/// the edges of the instance that came down.
final class Takedown {
  private final Turn turn;
  private final Records records;

  Takedown(Turn turn, Records records) {
    this.turn = turn;
    this.records = records;
  }

  /// An administrator disables one instance: the running instances that would be stopped by it go
  /// first.
  void disable(InstanceRecord root) {
    List<InstanceRecord> marked = new ArrayList<>();
    mark(root, marked);
    root.toDisable = true;
    Deque<InstanceRecord> work = new ArrayDeque<>(marked);
    for (InstanceRecord instance = work.poll(); instance != null; instance = work.poll()) {
      for (DependencyGroup group : records.dependentGroups(instance)) {
        InstanceRecord dependent = records.get(group.dependent());
        if (dependent != null && dependent.isUp() && !dependent.toOffline && isCrossed(group)) {
          mark(dependent, marked);
          work.add(dependent);
        }
      }
    }
    marked.forEach(turn::conditionChanged);
    marked.forEach(this::sendIfLeaf);
  }

  /// A milestone or the shutdown disables all of these; only what is up has to wait for its turn.
  void disableAll(Collection<InstanceRecord> instances) {
    List<InstanceRecord> marked = new ArrayList<>();
    for (InstanceRecord instance : instances) {
      if (instance.isUp()) {
        instance.toDisable = true;
        mark(instance, marked);
      }
      turn.conditionChanged(instance);
    }
    for (InstanceRecord instance : instances) {
      if (!instance.isUp()) {
        turn.send(new Message.CameToRest(instance));
      }
    }
    marked.forEach(this::sendIfLeaf);
  }

  /// The instance is wanted again. If it was told to go down already, it does, and comes back; it
  /// also goes down if something that it depends on is being taken down.
  void cancel(InstanceRecord instance) {
    instance.toDisable = false;
    if (instance.toOffline && !instance.takedownSent && !hasMarkedDependency(instance)) {
      unmark(instance);
    }
    turn.conditionChanged(instance);
  }

  private boolean hasMarkedDependency(InstanceRecord instance) {
    for (InstanceRecord dependency : records.dependenciesOf(instance)) {
      if (dependency.toOffline) {
        return true;
      }
    }
    return false;
  }

  /// The instance is not up any more: its mark goes, and those below it may have become leaves.
  void cameDown(InstanceRecord instance) {
    if (!instance.toOffline && !instance.toDisable) {
      return;
    }
    instance.toDisable = false;
    instance.takedownSent = false;
    turn.conditionChanged(instance);
    unmark(instance);
  }

  private static boolean isCrossed(DependencyGroup group) {
    RestartOn restartOn = group.dependency().restartOn();
    return !group.isExclusion()
        && (restartOn == RestartOn.RESTART || restartOn == RestartOn.REFRESH);
  }

  private void mark(InstanceRecord instance, List<InstanceRecord> marked) {
    instance.takedownSent = false;
    marked.add(instance);
    if (!instance.toOffline) {
      instance.toOffline = true;
      Set<InstanceRecord> below = new LinkedHashSet<>(records.dependenciesOf(instance));
      below.remove(instance);
      below.forEach(it -> it.markedDependents++);
      instance.keptWaiting = List.copyOf(below);
    }
  }

  private void unmark(InstanceRecord instance) {
    instance.toOffline = false;
    List<InstanceRecord> below = instance.keptWaiting;
    instance.keptWaiting = List.of();
    for (InstanceRecord dependency : below) {
      dependency.markedDependents--;
      sendIfLeaf(dependency);
    }
  }

  private void sendIfLeaf(InstanceRecord instance) {
    if (!instance.toOffline || instance.takedownSent || instance.markedDependents > 0) {
      return;
    }
    instance.takedownSent = true;
    RestarterEvent event =
        instance.toDisable ? RestarterEvent.ADMIN_DISABLE : RestarterEvent.STOP_RESET;
    turn.send(new Message.ToRestarter(instance, event, Optional.empty()));
  }
}
