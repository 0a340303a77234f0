package bespoke.engine;

import bespoke.graph.DependencyGraph;
import bespoke.graph.DependencyGroup;
import bespoke.graph.InstanceVertex;
import bespoke.graph.Satisfied;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.RestartOn;
import bespoke.model.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides from the dependencies what may start and what must stop (smf.md 3.4, 3.5, 4), and tells
/// restarters.
final class GraphEngine {
  private final Turn turn;
  private final DependencyGraph graph;
  private final Records records;
  private final Takedown takedown;
  private final InstanceMachine master;
  private final Set<InstanceFmri> connected = new LinkedHashSet<>();

  GraphEngine(
      Turn turn,
      DependencyGraph graph,
      Records records,
      Takedown takedown,
      InstanceMachine master) {
    this.turn = turn;
    this.graph = graph;
    this.records = records;
    this.takedown = takedown;
    this.master = master;
  }

  /// The same restarters are connected as with another.
  void continueFrom(GraphEngine other) {
    connected.addAll(other.connected);
  }

  /// Works off every message until nothing follows from anything any more.
  void settle() {
    while (true) {
      for (Message message = turn.nextMessage(); message != null; message = turn.nextMessage()) {
        handle(message);
      }
      List<InstanceVertex> changed = graph.satisfaction().takeChanged();
      if (changed.isEmpty()) {
        return;
      }
      changed.forEach(this::dependenciesChanged);
    }
  }

  private void handle(Message message) {
    if (message.instance().forgotten) {
      return; // it was removed while this was under way
    }
    switch (message) {
      case Message.ToRestarter(var instance, var event, var because) ->
          deliver(instance, event, because);
      case Message.StateChanged changed -> stateChanged(changed);
      case Message.Emptied(var instance, long contract) ->
          master.contractEmptied(instance, contract);
      case Message.CameToRest(var instance) -> cameToRest(instance);
    }
  }

  private void cameToRest(InstanceRecord instance) {
    if (!instance.isUp()) {
      takedown.cameDown(instance);
    }
    reconsider(instance);
  }

  private void stateChanged(Message.StateChanged changed) {
    InstanceRecord instance = changed.instance();
    boolean wasRunning = changed.from().isRunning();
    boolean isRunning = changed.to().isRunning();
    if (wasRunning && !isRunning) {
      stopped(instance, changed.severity(), changed.auxiliary());
    } else if (!wasRunning && isRunning) {
      started(instance);
    } else if (isRunning && changed.severity() == Severity.REFRESH) {
      refreshed(instance);
    }
    if (instance.phase == Phase.IDLE) {
      cameToRest(instance);
    }
  }

  private void dependenciesChanged(InstanceVertex vertex) {
    InstanceRecord instance = records.get(vertex);
    if (instance == null) {
      return;
    }
    if (vertex.dependencies() == Satisfied.YES) {
      reconsider(instance);
    } else if (instance.isDelegated() && instance.next == InstanceState.ONLINE) {
      turn.send(new Message.ToRestarter(instance, RestarterEvent.STOP, Optional.empty()));
    } else {
      master.dependenciesLost(instance);
    }
  }

  // --- propagation to dependents (smf.md 3.5)

  private void stopped(InstanceRecord instance, Severity severity, AuxiliaryState why) {
    for (DependencyGroup group : records.dependentGroups(instance)) {
      boolean isAffected =
          group.isRestarter()
              ? severity == Severity.RESTART && why != AuxiliaryState.CT_EV_EXIT
              : !group.isExclusion() && severity.affects(group.dependency().restartOn());
      if (isAffected) {
        boolean isFault = severity == Severity.FAULT;
        stopDependent(group, isFault ? RestarterEvent.STOP : RestarterEvent.STOP_RESET, instance);
      }
    }
  }

  private void started(InstanceRecord instance) {
    for (DependencyGroup group : records.dependentGroups(instance)) {
      RestartOn restartOn = group.dependency().restartOn();
      boolean wantsRestart =
          !group.isRestarter()
              && (restartOn == RestartOn.RESTART || restartOn == RestartOn.REFRESH);
      if (group.isExclusion() || wantsRestart) {
        stopDependent(group, RestarterEvent.STOP_RESET, instance);
      }
    }
  }

  private void refreshed(InstanceRecord instance) {
    for (DependencyGroup group : records.dependentGroups(instance)) {
      if (!group.isExclusion() && group.dependency().restartOn() == RestartOn.REFRESH) {
        stopDependent(group, RestarterEvent.STOP_RESET, instance);
      }
    }
  }

  private void stopDependent(DependencyGroup group, RestarterEvent event, InstanceRecord because) {
    InstanceRecord dependent = records.get(group.dependent());
    if (dependent != null
        && dependent != because
        && dependent.isRunning()
        && !dependent.toOffline
        && !dependent.toDisable) {
      turn.send(new Message.ToRestarter(dependent, event, Optional.of(because.fmri())));
    }
  }

  // --- what an instance at rest should do next

  /// Looks at an instance anew and tells its restarter what follows; does nothing while something
  /// is under way.
  void reconsider(InstanceRecord instance) {
    if (instance.forgotten) {
      return;
    }
    if (instance.removing && isGone(instance)) {
      forget(instance);
      return;
    }
    if (instance.phase != Phase.IDLE || !instance.enabled.isConfigured()) {
      return;
    }
    if (instance.isDelegated() && !isConnected(instance)) {
      return;
    }
    switch (instance.state) {
      case UNINITIALIZED -> {
        if (!reportInvalid(instance)) {
          tell(instance, instance.isWanted() ? RestarterEvent.ENABLE : RestarterEvent.DISABLE);
        }
      }
      case DISABLED -> {
        if (instance.isWanted() && !instance.toDisable && !reportInvalid(instance)) {
          tell(instance, RestarterEvent.ENABLE);
        }
      }
      case OFFLINE -> reconsiderOffline(instance);
      case ONLINE, DEGRADED -> {
        if (!instance.isWanted() && !instance.toDisable) {
          takedown.disable(instance);
        } else {
          reportInvalid(instance);
        }
      }
      case MAINTENANCE, LEGACY_RUN -> {}
    }
  }

  private void reconsiderOffline(InstanceRecord instance) {
    if (!instance.isWanted()) {
      tell(instance, RestarterEvent.DISABLE);
    } else if (!reportInvalid(instance)
        && !instance.toOffline
        && !instance.toDisable
        && instance.next == null
        && instance.vertex.dependencies() == Satisfied.YES) {
      tell(instance, RestarterEvent.START);
    }
  }

  private boolean reportInvalid(InstanceRecord instance) {
    if (instance.cyclic) {
      tell(instance, RestarterEvent.DEPENDENCY_CYCLE);
      return true;
    }
    if (instance.definition.invalid().isPresent() && instance.isWanted()) {
      tell(instance, RestarterEvent.INVALID_DEPENDENCY);
      return true;
    }
    return false;
  }

  private static boolean isGone(InstanceRecord instance) {
    return switch (instance.state) {
      case UNINITIALIZED, DISABLED -> instance.phase == Phase.IDLE;
      case MAINTENANCE -> instance.phase == Phase.IDLE && instance.contract == InstanceRecord.NONE;
      case OFFLINE, ONLINE, DEGRADED, LEGACY_RUN -> false;
    };
  }

  private void forget(InstanceRecord instance) {
    if (instance.isDelegated() && isConnected(instance)) {
      deliver(instance, RestarterEvent.REMOVE_INSTANCE, Optional.empty());
    }
    records.remove(instance);
    instance.forgotten = true;
    graph.remove(instance.vertex);
    turn.decide(new Decision.ForgetInstance(instance.fmri(), turn.cause()));
  }

  // --- restarters

  private void tell(InstanceRecord instance, RestarterEvent event) {
    turn.send(new Message.ToRestarter(instance, event, Optional.empty()));
  }

  private void deliver(
      InstanceRecord instance, RestarterEvent event, Optional<InstanceFmri> because) {
    Optional<InstanceFmri> restarter = instance.definition.restarter();
    if (event == RestarterEvent.START && instance.vertex.dependencies() != Satisfied.YES) {
      return; // something that came between took it back
    }
    if (restarter.isEmpty()) {
      master.handle(instance, event, because);
    } else if (connected.contains(restarter.get())) {
      announce(instance, restarter.get());
      turn.decide(
          new Decision.SendToRestarter(
              restarter.get(),
              instance.fmri(),
              event,
              instance.requestAuxiliary.toString(),
              turn.cause()));
    }
  }

  private void announce(InstanceRecord instance, InstanceFmri restarter) {
    if (!instance.announced) {
      instance.announced = true;
      turn.decide(
          new Decision.SendToRestarter(
              restarter, instance.fmri(), RestarterEvent.ADD_INSTANCE, "", turn.cause()));
    }
  }

  private boolean isConnected(InstanceRecord instance) {
    return instance.definition.restarter().map(connected::contains).orElse(true);
  }

  /// A restarter is there: it learns of all its instances, and what each should do.
  void restarterConnected(InstanceFmri restarter) {
    connected.add(restarter);
    for (InstanceRecord instance : records.all()) {
      if (instance.definition.restarter().equals(Optional.of(restarter))) {
        instance.announced = false;
        instance.unreachable = false;
        announce(instance, restarter);
        if (instance.isWanted() && instance.state != InstanceState.UNINITIALIZED) {
          tell(instance, RestarterEvent.ENABLE);
        }
        reconsider(instance);
      }
    }
  }

  void restarterDisconnected(InstanceFmri restarter) {
    connected.remove(restarter);
    for (InstanceRecord instance : records.all()) {
      if (instance.definition.restarter().equals(Optional.of(restarter))) {
        instance.unreachable = true;
        takedown.cameDown(instance);
      }
    }
  }

  /// A restarter says how one of its instances is; it knows best.
  void restarterReported(InstanceRecord instance, Event.RestarterReported report) {
    boolean isArrow =
        instance.state == report.state() || TransitionTable.allows(instance.state, report.state());
    if (!isArrow || !instance.definition.restarter().equals(Optional.of(report.restarter()))) {
      turn.daemonLog(
          false,
          "ignored the report of "
              + report.restarter()
              + " that "
              + instance.fmri()
              + " went from "
              + instance.state
              + " to "
              + report.state());
      return;
    }
    instance.detail = report.detail();
    if (saysOnlyMore(instance, report)) {
      turn.touch(instance); // no transition: what it waits for now, for example
      return;
    }
    turn.commit(instance, report.state(), report.next(), report.auxiliary(), report.severity());
  }

  private static boolean saysOnlyMore(InstanceRecord instance, Event.RestarterReported report) {
    return instance.state == report.state()
        && instance.next == report.next()
        && instance.auxiliary == report.auxiliary()
        && report.severity() == Severity.NONE;
  }
}
