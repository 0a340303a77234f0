package bespoke.engine;

import bespoke.engine.InstanceRecord.Afterwards;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceState;
import bespoke.model.Readiness;
import bespoke.model.RuntimeState;
import bespoke.model.Severity;
import bespoke.model.StartdOptions;

/// Takes instances over from a daemon that died (smf.md 5.16; DESIGN 4): what was under way is
/// waited for or repeated, never run twice at the same time, and timers have the time that they had
/// left.
///
/// An order that the dead daemon had decided may not have been carried out. Orders that may be
/// given twice (signals, kills, questions) are given again; for a method, the world says whether
/// its process is there.
final class Restoration {
  private final Turn turn;
  private final Starting starting;
  private final Stopping stopping;
  private final Refreshing refreshing;
  private final Maintenance maintenance;
  private final Health health;

  Restoration(
      Turn turn,
      Starting starting,
      Stopping stopping,
      Refreshing refreshing,
      Maintenance maintenance,
      Health health) {
    this.turn = turn;
    this.starting = starting;
    this.stopping = stopping;
    this.refreshing = refreshing;
    this.maintenance = maintenance;
    this.health = health;
  }

  /// Copies the facts; nothing is decided yet.
  void restore(InstanceRecord instance, RuntimeState facts) {
    instance.state = facts.state();
    instance.next = facts.next();
    instance.auxiliary = facts.auxiliary();
    instance.auxiliaryFmri = facts.auxiliaryFmri();
    instance.sinceEpochMillis = facts.sinceEpochMillis();
    instance.contract = facts.contract().orElse(InstanceRecord.NONE);
    instance.methodContract = facts.methodContract().orElse(InstanceRecord.NONE);
    instance.startPid = facts.startPid().orElse(InstanceRecord.NONE);
    instance.startWaitStatus = facts.startWaitStatus();
    instance.failures = facts.failures();
    instance.failureTimes.addAll(facts.failureTimesEpochMillis());
    instance.detail = facts.detail();
    instance.statusText = facts.statusText();
    new Resumption(facts.progress(), turn.nowNanos()).restore(instance);
    turn.reserve(facts.run(), Math.max(instance.contract, instance.methodContract));
  }

  /// Goes on with what was under way.
  void resume(InstanceRecord instance, RuntimeState facts) {
    if (instance.isDelegated()) {
      return;
    }
    Resumption from = new Resumption(facts.progress(), turn.nowNanos());
    switch (instance.state) {
      case OFFLINE -> resumeOffline(instance, facts.run(), from);
      case ONLINE, DEGRADED -> resumeUp(instance, facts.run(), from);
      case MAINTENANCE -> {
        if (from.phase() == Phase.CLEAR_KILL) {
          maintenance.resumeClear(instance);
        }
      }
      case UNINITIALIZED, DISABLED, LEGACY_RUN -> {}
    }
  }

  private void resumeOffline(InstanceRecord instance, long run, Resumption from) {
    switch (from.phase()) {
      case START_BACKOFF -> starting.resumeBackOff(instance, from);
      case THROTTLED -> stopping.resumeThrottle(instance, from);
      case START_CLEANUP -> starting.resumeCleanUp(instance);
      case IDLE,
          START_METHOD,
          START_READY,
          STOP_METHOD,
          STOP_BACKOFF,
          STOP_EMPTY,
          STOP_KILL,
          REFRESH_METHOD,
          REFRESH_BACKOFF,
          CLEAR_KILL -> {
        if (instance.next == InstanceState.ONLINE) {
          resumeStart(instance, run, from);
        }
      }
    }
  }

  private void resumeStart(InstanceRecord instance, long run, Resumption from) {
    boolean isService = instance.style() == StartdOptions.Style.CHILD;
    boolean mayNotHaveBegun =
        isService && from.phase() == Phase.START_METHOD && instance.startPid == InstanceRecord.NONE;
    if (run == InstanceRecord.NONE && instance.contract == InstanceRecord.NONE) {
      turn.commit(instance, InstanceState.OFFLINE, null, instance.auxiliary, Severity.NONE);
    } else if (run == InstanceRecord.NONE
        && from.phase() == Phase.IDLE
        && instance.definition.readiness().kind() == Readiness.Kind.METHOD) {
      giveUp(instance); // written by a version that did not say what was under way
    } else if (run == InstanceRecord.NONE) {
      starting.resumeReadiness(instance, from);
    } else if (isService && !mayNotHaveBegun) {
      instance.serviceRun = run;
      starting.resumeReadiness(instance, from);
    } else {
      instance.run = run;
      starting.resumeMethod(instance, from);
    }
  }

  private void giveUp(InstanceRecord instance) {
    instance.afterwards = Afterwards.REST;
    instance.afterwardsAuxiliary = instance.auxiliary;
    instance.afterwardsDetail = instance.detail;
    starting.resumeCleanUp(instance);
  }

  private void resumeUp(InstanceRecord instance, long run, Resumption from) {
    InstanceState next = instance.next;
    boolean isLeaving = next != null && next != instance.state && next != InstanceState.ONLINE;
    if (isLeaving) {
      resumeStop(instance, run, from);
      return;
    }
    if (instance.style() == StartdOptions.Style.CHILD) {
      boolean isKnown = from.progress().serviceRun() != InstanceRecord.NONE;
      instance.serviceRun = isKnown ? from.progress().serviceRun() : run;
    }
    if (instance.contract != InstanceRecord.NONE) {
      turn.decide(new Decision.AwaitEmpty(instance.fmri(), instance.contract, turn.cause()));
    }
    health.resume(instance, from);
    if (from.phase().isRefreshing()) {
      refreshing.resume(instance, run, from);
    } else if (next != null) {
      turn.commit(instance, instance.state, null, instance.auxiliary, Severity.NONE);
    }
  }

  private void resumeStop(InstanceRecord instance, long run, Resumption from) {
    if (!from.phase().isStopping()) {
      instance.afterwards =
          instance.next == InstanceState.MAINTENANCE ? Afterwards.MAINTENANCE : Afterwards.REST;
      instance.afterwardsAuxiliary = instance.auxiliary;
      instance.afterwardsSeverity =
          instance.auxiliary == AuxiliaryState.CT_EV_CORE
                  || instance.auxiliary == AuxiliaryState.CT_EV_SIGNAL
              ? Severity.FAULT
              : Severity.RESTART;
    }
    stopping.resume(instance, run, from);
  }
}
