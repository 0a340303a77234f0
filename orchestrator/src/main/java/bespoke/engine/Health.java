package bespoke.engine;

import bespoke.engine.InstanceRecord.Degradation;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceState;
import bespoke.model.Probe;

/// The monitor method: asked periodically while the instance runs (DESIGN 3).
final class Health {
  private final Turn turn;
  private final InstanceMachine machine;

  Health(Turn turn, InstanceMachine machine) {
    this.turn = turn;
    this.machine = machine;
  }

  /// The instance is online: the first question is asked after one interval.
  void begin(InstanceRecord instance) {
    instance
        .definition
        .monitor()
        .ifPresent(it -> turn.schedule(instance, TimerKind.PROBE_INTERVAL, it.interval()));
  }

  /// The instance was online before the daemon died: what is left of the interval is waited for.
  void resume(InstanceRecord instance, Resumption from) {
    instance
        .definition
        .monitor()
        .map(it -> from.left(TimerKind.PROBE_INTERVAL, it.interval()))
        .ifPresent(it -> turn.schedule(instance, TimerKind.PROBE_INTERVAL, it));
  }

  /// No answer is wanted any more.
  void forget(InstanceRecord instance) {
    instance.probeRun = InstanceRecord.NONE;
    instance.probeFailures = 0;
    instance.probeSuccesses = 0;
    turn.cancel(instance, TimerKind.PROBE_INTERVAL);
  }

  /// Asks once.
  void ask(InstanceRecord instance, boolean readiness) {
    if (!readiness && (!instance.isRunning() || instance.phase.isStopping())) {
      return;
    }
    instance.probeRun = turn.nextNumber();
    turn.decide(new Decision.RunProbe(instance.fmri(), instance.probeRun, readiness, turn.cause()));
  }

  /// The monitor method answered.
  void answered(InstanceRecord instance, boolean well, String detail) {
    Probe monitor = instance.definition.monitor().orElse(null);
    if (monitor == null) {
      return;
    }
    if (well) {
      instance.probeFailures = 0;
      instance.probeSuccesses++;
      if (instance.degradation == Degradation.MONITOR
          && instance.probeSuccesses >= monitor.successes()) {
        turn.log(instance, "The monitor method succeeds again.");
        machine.recover(instance, AuxiliaryState.DEPENDENCIES_SATISFIED);
      }
    } else {
      instance.probeSuccesses = 0;
      instance.probeFailures++;
      if (instance.probeFailures >= monitor.failures() && failed(instance, monitor, detail)) {
        return;
      }
    }
    turn.schedule(instance, TimerKind.PROBE_INTERVAL, monitor.interval());
  }

  private boolean failed(InstanceRecord instance, Probe monitor, String detail) {
    String sentence = detail.isEmpty() ? "its monitor method failed" : detail;
    switch (monitor.onFailure()) {
      case DEGRADE -> {
        if (instance.state == InstanceState.ONLINE) {
          turn.log(instance, "The monitor method failed: " + sentence + ".");
          machine.becomeDegraded(
              instance, Degradation.MONITOR, AuxiliaryState.MONITOR_FAILED, sentence);
        }
        return false;
      }
      case RESTART -> {
        machine.monitorFailed(instance, sentence);
        return true;
      }
    }
    return false;
  }
}
