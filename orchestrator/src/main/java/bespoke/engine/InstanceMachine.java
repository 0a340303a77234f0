package bespoke.engine;

import bespoke.engine.InstanceRecord.Afterwards;
import bespoke.engine.InstanceRecord.Degradation;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.MethodOutcome;
import bespoke.model.Severity;
import bespoke.model.StartdOptions;
import java.util.Optional;

/// The master restarter as a state machine of one instance (smf.md 5): what [RestarterEvent]s and
/// the world's answers lead to. Starting, stopping, refreshing, maintenance and health have a class
/// each; this one routes.
final class InstanceMachine {
  private final Turn turn;
  private final Starting starting;
  private final Stopping stopping;
  private final Refreshing refreshing;
  private final Health health;
  private final Maintenance maintenance;
  private final Restoration restoration;

  InstanceMachine(Turn turn) {
    this.turn = turn;
    this.health = new Health(turn, this);
    this.starting = new Starting(turn, this, health);
    this.stopping = new Stopping(turn, this, health);
    this.refreshing = new Refreshing(turn, this);
    this.maintenance = new Maintenance(turn, this, starting, stopping);
    this.restoration = new Restoration(turn, starting, stopping, refreshing, maintenance, health);
  }

  /// How instances are taken over from a daemon that died.
  Restoration restoration() {
    return restoration;
  }

  // --- what the graph engine tells

  void handle(InstanceRecord instance, RestarterEvent event, Optional<InstanceFmri> because) {
    switch (event) {
      case ENABLE -> enable(instance);
      case DISABLE -> disable(instance, StopCause.DISABLED);
      case ADMIN_DISABLE -> adminDisable(instance);
      case START -> starting.start(instance);
      case STOP -> dependencyStop(instance, because);
      case STOP_RESET -> {
        Failures.forget(instance);
        dependencyStop(instance, because);
      }
      case ADMIN_RESTART -> restart(instance);
      case ADMIN_REFRESH -> refreshing.refresh(instance);
      case ADMIN_MAINT_ON -> maintenance.request(instance, false);
      case ADMIN_MAINT_ON_IMMEDIATE -> maintenance.request(instance, true);
      case ADMIN_MAINT_OFF -> maintenance.clear(instance, AuxiliaryState.CLEAR_REQUEST, "clear");
      case ADMIN_DEGRADED, ADMIN_DEGRADE_IMMEDIATE -> degrade(instance);
      case ADMIN_RESTORE -> restore(instance);
      case DEPENDENCY_CYCLE -> maintenance.invalid(instance, AuxiliaryState.DEPENDENCY_CYCLE);
      case INVALID_DEPENDENCY ->
          maintenance.invalid(
              instance, instance.definition.invalid().orElse(AuxiliaryState.INVALID_DEPENDENCY));
      case ADD_INSTANCE, REMOVE_INSTANCE -> {}
    }
  }

  /// The start in progress lost a dependency: an instance never becomes online without them.
  void dependenciesLost(InstanceRecord instance) {
    if (instance.phase.isStarting()) {
      turn.log(instance, "Stopping because " + StopCause.DEPENDENCY.text + ".");
      starting.abort(instance, Afterwards.REST, AuxiliaryState.DEPENDENCY_ACTIVITY);
    }
  }

  private void enable(InstanceRecord instance) {
    switch (instance.state) {
      case UNINITIALIZED -> {
        turn.log(instance, "Enabled.");
        AuxiliaryState why =
            instance.auxiliary == AuxiliaryState.CLEAR_REQUEST
                ? AuxiliaryState.CLEAR_REQUEST
                : AuxiliaryState.PER_CONFIGURATION;
        turn.commit(instance, InstanceState.OFFLINE, null, why, Severity.NONE);
      }
      case DISABLED -> {
        turn.log(instance, "Enabled.");
        turn.commit(
            instance, InstanceState.OFFLINE, null, AuxiliaryState.ENABLE_REQUEST, Severity.NONE);
      }
      case OFFLINE, ONLINE, DEGRADED, MAINTENANCE, LEGACY_RUN -> {}
    }
  }

  private void adminDisable(InstanceRecord instance) {
    Failures.forget(instance);
    if (instance.state == InstanceState.MAINTENANCE) {
      maintenance.clear(instance, AuxiliaryState.DISABLE_REQUEST, "disable");
    } else {
      disable(instance, StopCause.DISABLED);
    }
  }

  private void disable(InstanceRecord instance, StopCause cause) {
    switch (instance.state) {
      case UNINITIALIZED, OFFLINE -> disableStopped(instance);
      case ONLINE, DEGRADED -> stopping.stop(instance, cause, Afterwards.REST, Optional.empty());
      case DISABLED, MAINTENANCE, LEGACY_RUN -> {}
    }
  }

  private void disableStopped(InstanceRecord instance) {
    switch (instance.phase) {
      case START_METHOD, START_READY -> {
        turn.log(instance, "Stopping because " + StopCause.DISABLED.text + ".");
        starting.abort(instance, Afterwards.REST, AuxiliaryState.DISABLE_REQUEST);
      }
      case START_CLEANUP -> {
        if (instance.afterwards != Afterwards.MAINTENANCE) {
          instance.afterwards = Afterwards.REST;
          instance.afterwardsAuxiliary = AuxiliaryState.DISABLE_REQUEST;
        }
      }
      case IDLE, START_BACKOFF, THROTTLED -> {
        AuxiliaryState why =
            instance.state == InstanceState.UNINITIALIZED
                    && instance.auxiliary != AuxiliaryState.DISABLE_REQUEST
                ? AuxiliaryState.PER_CONFIGURATION
                : AuxiliaryState.DISABLE_REQUEST;
        turn.cancelAll(instance);
        turn.log(instance, "Disabled.");
        turn.commit(instance, InstanceState.DISABLED, null, why, Severity.NONE);
        turn.enter(instance, Phase.IDLE);
      }
      case STOP_METHOD,
          STOP_BACKOFF,
          STOP_EMPTY,
          STOP_KILL,
          REFRESH_METHOD,
          REFRESH_BACKOFF,
          CLEAR_KILL -> {}
    }
  }

  private void dependencyStop(InstanceRecord instance, Optional<InstanceFmri> because) {
    if (instance.isRunning()) {
      stopping.stop(instance, StopCause.DEPENDENCY, Afterwards.REST, because);
    } else if (instance.phase.isStarting()) {
      dependenciesLost(instance);
    }
  }

  private void restart(InstanceRecord instance) {
    Failures.forget(instance);
    if (instance.isRunning()) {
      stopping.stop(instance, StopCause.RESTART, Afterwards.REST, Optional.empty());
    } else if (instance.phase.isStarting()) {
      turn.log(instance, "Stopping because " + StopCause.RESTART.text + ".");
      starting.abort(instance, Afterwards.REST, AuxiliaryState.RESTART_REQUEST);
    } else if (instance.phase == Phase.START_BACKOFF || instance.phase == Phase.THROTTLED) {
      turn.cancelAll(instance);
      turn.enter(instance, Phase.IDLE);
    }
  }

  private void degrade(InstanceRecord instance) {
    turn.log(instance, "Instance is now degraded: " + instance.requestAuxiliary.text() + ".");
    if (instance.state == InstanceState.ONLINE && instance.phase == Phase.IDLE) {
      becomeDegraded(instance, Degradation.ADMINISTRATOR, instance.requestAuxiliary, "");
    }
  }

  void becomeDegraded(
      InstanceRecord instance, Degradation why, AuxiliaryState auxiliary, String detail) {
    instance.degradation = why;
    instance.detail = detail;
    turn.commit(instance, InstanceState.DEGRADED, null, auxiliary, Severity.NONE);
    turn.daemonLog(true, consoleLine(instance, "transitioned to degraded", detail));
  }

  void recover(InstanceRecord instance, AuxiliaryState why) {
    instance.degradation = Degradation.NONE;
    instance.detail = "";
    turn.commit(instance, InstanceState.ONLINE, null, why, Severity.NONE);
  }

  /// `svcadm clear` of a degraded instance: a failed refresh or monitor is forgiven, otherwise it
  /// is restarted.
  private void restore(InstanceRecord instance) {
    if (instance.state != InstanceState.DEGRADED) {
      return;
    }
    switch (instance.degradation) {
      case REFRESH, MONITOR -> {
        if (instance.phase == Phase.IDLE) {
          instance.failures = 0;
          instance.probeFailures = 0;
          recover(instance, AuxiliaryState.CLEAR_REQUEST);
        }
      }
      case NONE, START, ADMINISTRATOR -> restart(instance);
    }
  }

  // --- what the world answers

  void methodStarted(InstanceRecord instance, Event.MethodStarted event) {
    if (instance.run == event.run() && instance.phase == Phase.START_METHOD) {
      starting.methodStarted(instance, event.pid());
    }
  }

  void methodExited(InstanceRecord instance, Event.MethodExited event) {
    if (event.run() == instance.run) {
      instance.run = InstanceRecord.NONE;
      boolean wasTimedOut = instance.timedOut;
      instance.timedOut = false;
      turn.cancel(instance, TimerKind.METHOD_TIMEOUT);
      switch (instance.phase) {
        case START_METHOD -> {
          instance.startWaitStatus = event.waitStatus();
          starting.methodExited(instance, event.outcome(), wasTimedOut);
        }
        case STOP_METHOD -> stopping.methodExited(instance, event.outcome(), wasTimedOut);
        case REFRESH_METHOD -> refreshing.methodExited(instance, event.outcome(), wasTimedOut);
        case IDLE,
            START_READY,
            START_CLEANUP,
            START_BACKOFF,
            THROTTLED,
            STOP_BACKOFF,
            STOP_EMPTY,
            STOP_KILL,
            REFRESH_BACKOFF,
            CLEAR_KILL -> {}
      }
      turn.touch(instance);
    } else if (event.run() == instance.serviceRun) {
      instance.serviceRun = InstanceRecord.NONE;
      serviceExited(instance, event);
    }
  }

  private void serviceExited(InstanceRecord instance, Event.MethodExited event) {
    turn.touch(instance);
    if (instance.phase.isStarting()) {
      instance.startWaitStatus = event.waitStatus();
      starting.exitedBeforeReady(instance, event.outcome());
    } else if (instance.isRunning() && !instance.phase.isStopping()) {
      refreshing.abandon(instance);
      stopping.serviceExited(instance, event.outcome());
    }
  }

  void contractEmptied(InstanceRecord instance, long contract) {
    if (contract != instance.contract) {
      if (contract == instance.methodContract) {
        instance.methodContract = InstanceRecord.NONE;
        turn.touch(instance);
      }
      return;
    }
    instance.emptied = true;
    switch (instance.phase) {
      case START_CLEANUP -> starting.cleanedUp(instance);
      case START_READY -> starting.emptiedBeforeReady(instance);
      case STOP_EMPTY, STOP_KILL -> stopping.emptied(instance);
      case CLEAR_KILL -> maintenance.leave(instance);
      case IDLE, REFRESH_METHOD, REFRESH_BACKOFF -> emptiedWhileRunning(instance);
      case START_METHOD, START_BACKOFF, THROTTLED, STOP_METHOD, STOP_BACKOFF -> {}
    }
  }

  private void emptiedWhileRunning(InstanceRecord instance) {
    switch (instance.style()) {
      case CONTRACT -> {
        if (instance.isRunning()) {
          refreshing.abandon(instance);
          stopping.stop(instance, StopCause.EXITED, Afterwards.REST, Optional.empty());
        }
      }
      case TRANSIENT -> {
        instance.contract = InstanceRecord.NONE;
        turn.touch(instance);
      }
      case CHILD -> {}
    }
  }

  void memberDied(InstanceRecord instance, Event.MemberDied event) {
    boolean isWatched =
        event.contract() == instance.contract
            && instance.isRunning()
            && instance.style() == StartdOptions.Style.CONTRACT
            && !instance.phase.isStopping();
    if (!isWatched) {
      return;
    }
    instance.detail =
        "process "
            + event.pid()
            + (event.core() ? " dumped core on" : " died of")
            + " signal "
            + event.signal();
    if (event.core()) {
      if (!instance.definition.startd().ignoreCore()) {
        refreshing.abandon(instance);
        stopping.stop(instance, StopCause.CORE, Afterwards.REST, Optional.empty());
      }
    } else if (!event.fromInside() && !instance.definition.startd().ignoreSignal()) {
      refreshing.abandon(instance);
      stopping.stop(instance, StopCause.SIGNAL, Afterwards.REST, Optional.empty());
    }
  }

  void readinessReported(InstanceRecord instance, long contract) {
    if (contract == instance.contract) {
      instance.ready = true;
      if (instance.phase == Phase.START_READY) {
        starting.becameReady(instance);
      }
    }
  }

  void watchdogExpired(InstanceRecord instance, long contract) {
    if (contract == instance.contract && instance.isRunning() && !instance.phase.isStopping()) {
      refreshing.abandon(instance);
      stopping.stop(instance, StopCause.WATCHDOG, Afterwards.REST, Optional.empty());
    }
  }

  void probeAnswered(InstanceRecord instance, Event.ProbeAnswered event) {
    if (event.run() != instance.probeRun) {
      return;
    }
    instance.probeRun = InstanceRecord.NONE;
    if (instance.phase == Phase.START_READY) {
      starting.probeAnswered(instance, event.well(), event.detail());
    } else if (instance.isRunning() && !instance.phase.isStopping()) {
      health.answered(instance, event.well(), event.detail());
    }
  }

  void monitorFailed(InstanceRecord instance, String detail) {
    instance.detail = detail;
    refreshing.abandon(instance);
    stopping.stop(instance, StopCause.MONITOR, Afterwards.REST, Optional.empty());
  }

  void timerFired(InstanceRecord instance, TimerKind kind) {
    switch (kind) {
      case METHOD_TIMEOUT -> methodTimedOut(instance);
      case STOP_TIMEOUT -> stopping.timedOut(instance);
      case RETRY -> retry(instance);
      case THROTTLE -> turn.enter(instance, Phase.IDLE);
      case READINESS_TIMEOUT -> starting.readinessTimedOut(instance);
      case PROBE_INTERVAL -> health.ask(instance, instance.phase == Phase.START_READY);
    }
  }

  private void retry(InstanceRecord instance) {
    switch (instance.phase) {
      case START_BACKOFF -> turn.enter(instance, Phase.IDLE);
      case STOP_BACKOFF -> stopping.retry(instance);
      case REFRESH_BACKOFF -> refreshing.attempt(instance);
      case IDLE,
          START_METHOD,
          START_READY,
          START_CLEANUP,
          THROTTLED,
          STOP_METHOD,
          STOP_EMPTY,
          STOP_KILL,
          REFRESH_METHOD,
          CLEAR_KILL -> {}
    }
  }

  private void methodTimedOut(InstanceRecord instance) {
    long contract =
        instance.phase == Phase.START_METHOD ? instance.contract : instance.methodContract;
    if (instance.run != InstanceRecord.NONE && contract != InstanceRecord.NONE) {
      turn.log(instance, "Method or service exit timed out.  Killing contract " + contract + ".");
      instance.timedOut = true;
      turn.kill(instance, contract);
    }
  }

  // --- shared by the sequences

  /// The instance moves to maintenance now; whatever processes it still has stay in its contract
  /// until it is cleared.
  void enterMaintenance(
      InstanceRecord instance, AuxiliaryState why, String detail, Severity severity) {
    turn.cancelAll(instance);
    health.forget(instance);
    instance.detail = detail;
    instance.degradation = Degradation.NONE;
    instance.refreshWanted = false;
    turn.commit(instance, InstanceState.MAINTENANCE, null, why, severity);
    turn.daemonLog(true, consoleLine(instance, maintenanceText(why), detail));
    turn.enter(instance, Phase.IDLE);
  }

  /// Rests in `offline` or `disabled`, as the setting says now.
  void rest(InstanceRecord instance, AuxiliaryState why, Severity severity) {
    instance.detail = why == AuxiliaryState.METHOD_FAILED ? instance.detail : "";
    instance.degradation = Degradation.NONE;
    InstanceState to = instance.isWanted() ? InstanceState.OFFLINE : InstanceState.DISABLED;
    turn.commit(instance, to, null, why, severity);
  }

  /// After a transition: a refresh that had to wait.
  void afterOnline(InstanceRecord instance) {
    if (instance.refreshWanted) {
      instance.refreshWanted = false;
      refreshing.refresh(instance);
    }
  }

  private static String maintenanceText(AuxiliaryState why) {
    return switch (why) {
      case RESTARTING_TOO_QUICKLY -> "failed repeatedly: transitioned to maintenance";
      case ADMINISTRATIVE_REQUEST, SERVICE_REQUEST -> "transitioned to maintenance by request";
      case DEPENDENCY_CYCLE -> "completes a dependency cycle: transitioned to maintenance";
      case INVALID_DEPENDENCY, INVALID_RESTARTER -> "misconfigured: transitioned to maintenance";
      default -> "failed: transitioned to maintenance"; // every other reason is a failure
    };
  }

  private static String consoleLine(InstanceRecord instance, String text, String detail) {
    String because = detail.isEmpty() ? "" : " because " + detail;
    return instance.fmri().shortName() + " " + text + because + " (see 'svcs -xv' for details)";
  }

  /// A sentence about the end of a method.
  static String describe(String method, MethodOutcome outcome) {
    return switch (outcome) {
      case MethodOutcome.Exited(int status) -> method + " method exited with status " + status;
      case MethodOutcome.Signaled(int signal, boolean core) ->
          method + " method " + (core ? "dumped core on" : "died of") + " signal " + signal;
      case MethodOutcome.NotRun(String reason, _) -> reason;
      case MethodOutcome.Unknown() ->
          method + " method ended while the daemon was away, nobody knows how";
    };
  }
}
