package bespoke.engine;

import bespoke.engine.InstanceRecord.Afterwards;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceState;
import bespoke.model.Severity;
import java.util.Optional;

/// Into `maintenance` by request, and out of it (smf.md 5.6, 5.14).
final class Maintenance {
  private final Turn turn;
  private final InstanceMachine machine;
  private final Starting starting;
  private final Stopping stopping;

  Maintenance(Turn turn, InstanceMachine machine, Starting starting, Stopping stopping) {
    this.turn = turn;
    this.machine = machine;
    this.starting = starting;
    this.stopping = stopping;
  }

  /// An administrator or a service asked for it.
  ///
  /// @param immediate whether its processes are left alone
  void request(InstanceRecord instance, boolean immediate) {
    turn.log(instance, "Stopping for maintenance due to " + instance.requestAuxiliary + ".");
    switch (instance.state) {
      case ONLINE, DEGRADED -> {
        if (immediate) {
          stopping.leaveProcesses(instance);
          machine.enterMaintenance(instance, instance.requestAuxiliary, "", Severity.RESTART);
        } else {
          stopping.stopForMaintenance(instance);
        }
      }
      case UNINITIALIZED, DISABLED, OFFLINE -> {
        if (instance.phase.isStarting() || instance.phase == Phase.START_CLEANUP) {
          starting.abort(instance, Afterwards.MAINTENANCE, instance.requestAuxiliary);
        } else {
          machine.enterMaintenance(instance, instance.requestAuxiliary, "", Severity.RESTART);
        }
      }
      case MAINTENANCE, LEGACY_RUN -> {}
    }
  }

  /// Its definition cannot be used, or it is part of a cycle.
  void invalid(InstanceRecord instance, AuxiliaryState why) {
    if (instance.state == InstanceState.MAINTENANCE) {
      return;
    }
    instance.requestAuxiliary = why;
    String detail = String.join(" ", instance.definition.problems());
    turn.log(instance, "Stopping for maintenance due to " + why + ".");
    if (instance.isRunning()) {
      instance.afterwardsDetail = detail;
      stopping.stopForMaintenance(instance);
    } else if (instance.phase.isStarting() || instance.phase == Phase.START_CLEANUP) {
      starting.abort(instance, Afterwards.MAINTENANCE, why);
    } else {
      machine.enterMaintenance(instance, why, detail, Severity.FAULT);
    }
  }

  /// Leaves maintenance: what it left running is killed first (DESIGN 3, 5.6), then the graph
  /// engine decides anew.
  void clear(InstanceRecord instance, AuxiliaryState why, String word) {
    if (instance.state != InstanceState.MAINTENANCE || instance.phase != Phase.IDLE) {
      return;
    }
    turn.log(instance, "Leaving maintenance because " + word + " requested.");
    Failures.forget(instance);
    instance.afterwardsAuxiliary = why;
    if (instance.contract == InstanceRecord.NONE || instance.emptied) {
      leave(instance);
    } else {
      turn.enter(instance, Phase.CLEAR_KILL);
      turn.kill(instance, instance.contract);
    }
  }

  /// The daemon died while it killed what maintenance had left behind.
  void resumeClear(InstanceRecord instance) {
    turn.enter(instance, Phase.CLEAR_KILL);
    turn.kill(instance, instance.contract);
  }

  /// Everything that was left behind is gone.
  void leave(InstanceRecord instance) {
    instance.contract = InstanceRecord.NONE;
    instance.detail = "";
    instance.auxiliaryFmri = Optional.empty();
    turn.commit(
        instance,
        InstanceState.UNINITIALIZED,
        null,
        instance.afterwardsAuxiliary,
        Severity.RESTART);
    turn.enter(instance, Phase.IDLE);
  }
}
