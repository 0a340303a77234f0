package bespoke.engine;

import bespoke.engine.InstanceRecord.Afterwards;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceState;
import bespoke.model.Readiness;
import bespoke.model.RuntimeState;
import bespoke.model.Severity;
import bespoke.model.StartdOptions;
import java.util.OptionalLong;

/// Takes instances over from a daemon that died (smf.md 5.16; DESIGN 4): what was under way is
/// waited for or repeated, never run twice at the same time.
final class Restoration {
  private final Turn turn;
  private final Starting starting;
  private final Stopping stopping;
  private final Health health;

  Restoration(Turn turn, Starting starting, Stopping stopping, Health health) {
    this.turn = turn;
    this.starting = starting;
    this.stopping = stopping;
    this.health = health;
  }

  /// Copies the facts; nothing is decided yet.
  void restore(InstanceRecord instance, RuntimeState facts) {
    instance.state = facts.state();
    instance.next = facts.next();
    instance.auxiliary = facts.auxiliary();
    instance.auxiliaryFmri = facts.auxiliaryFmri();
    instance.sinceEpochMillis = facts.sinceEpochMillis();
    instance.contract = value(facts.contract());
    instance.methodContract = value(facts.methodContract());
    instance.startPid = value(facts.startPid());
    instance.startWaitStatus = facts.startWaitStatus();
    instance.failures = facts.failures();
    instance.failureTimes.addAll(facts.failureTimesEpochMillis());
    instance.detail = facts.detail();
    instance.statusText = facts.statusText();
    turn.reserve(facts.run(), Math.max(value(facts.contract()), value(facts.methodContract())));
  }

  /// Goes on with what was under way.
  void resume(InstanceRecord instance, long run) {
    if (instance.isDelegated()) {
      return;
    }
    switch (instance.state) {
      case OFFLINE -> resumeStart(instance, run);
      case ONLINE, DEGRADED -> resumeRunning(instance, run);
      case UNINITIALIZED, DISABLED, MAINTENANCE, LEGACY_RUN -> {}
    }
  }

  private void resumeStart(InstanceRecord instance, long run) {
    if (instance.next != InstanceState.ONLINE) {
      return;
    }
    boolean isService = instance.style() == StartdOptions.Style.CHILD;
    if (run == InstanceRecord.NONE && instance.contract == InstanceRecord.NONE) {
      turn.commit(instance, InstanceState.OFFLINE, null, instance.auxiliary, Severity.NONE);
    } else if (run == InstanceRecord.NONE
        && instance.definition.readiness().kind() == Readiness.Kind.METHOD) {
      starting.resumeCleanUp(instance); // nothing else has a contract and no run
    } else if (run == InstanceRecord.NONE) {
      starting.resumeReadiness(instance);
    } else if (isService) {
      instance.serviceRun = run;
      starting.resumeReadiness(instance);
    } else {
      instance.run = run;
      starting.resumeMethod(instance);
    }
  }

  private void resumeRunning(InstanceRecord instance, long run) {
    InstanceState next = instance.next;
    if (next == null || next == instance.state || next == InstanceState.ONLINE) {
      if (instance.style() == StartdOptions.Style.CHILD) {
        instance.serviceRun = run;
      }
      if (next != null) {
        turn.commit(instance, instance.state, null, instance.auxiliary, Severity.NONE);
      }
      if (instance.contract != InstanceRecord.NONE) {
        turn.decide(new Decision.AwaitEmpty(instance.fmri(), instance.contract, turn.cause()));
      }
      health.begin(instance);
      return;
    }
    instance.afterwards =
        next == InstanceState.MAINTENANCE ? Afterwards.MAINTENANCE : Afterwards.REST;
    instance.afterwardsAuxiliary = instance.auxiliary;
    instance.afterwardsSeverity =
        instance.auxiliary == AuxiliaryState.CT_EV_CORE
                || instance.auxiliary == AuxiliaryState.CT_EV_SIGNAL
            ? Severity.FAULT
            : Severity.RESTART;
    stopping.resume(instance, run);
  }

  private static long value(OptionalLong optional) {
    return optional.orElse(InstanceRecord.NONE);
  }
}
