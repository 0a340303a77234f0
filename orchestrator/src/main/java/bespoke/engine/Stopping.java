package bespoke.engine;

import bespoke.engine.InstanceRecord.Afterwards;
import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Severity;
import bespoke.model.StartdOptions;
import java.time.Duration;
import java.util.Optional;

/// From `online` or `degraded` down: the stop method, the assured kill, and what follows (smf.md
/// 5.7, 5.8).
final class Stopping {
  private final Turn turn;
  private final InstanceMachine machine;
  private final Health health;

  Stopping(Turn turn, InstanceMachine machine, Health health) {
    this.turn = turn;
    this.machine = machine;
    this.health = health;
  }

  /// Stops a running instance; one that stops already only learns what follows.
  void stop(
      InstanceRecord instance,
      StopCause cause,
      Afterwards afterwards,
      Optional<InstanceFmri> because) {
    if (instance.phase.isStopping()) {
      return;
    }
    turn.log(instance, "Stopping because " + cause.text + ".");
    if (cause.isFailure) {
      Failures.record(instance, turn.nowEpochMillis());
      instance.throttled = !instance.definition.startd().restartDelay().isZero();
    }
    boolean isLast =
        cause.isFailure && instance.definition.startd().restart() == StartdOptions.Restart.NEVER;
    if (isLast) {
      instance.afterwardsDetail = cause.text + ", and it is not to be restarted (startd/restart)";
    }
    Afterwards follows = isLast ? Afterwards.MAINTENANCE : afterwards;
    begin(instance, follows, cause.auxiliary, cause.severity, because);
  }

  /// Stops for maintenance; `requestAuxiliary` says why and is logged already.
  void stopForMaintenance(InstanceRecord instance) {
    if (instance.phase.isStopping()) {
      instance.afterwards = Afterwards.MAINTENANCE;
      instance.afterwardsAuxiliary = instance.requestAuxiliary;
      return;
    }
    begin(
        instance,
        Afterwards.MAINTENANCE,
        instance.requestAuxiliary,
        Severity.RESTART,
        Optional.empty());
  }

  /// Maintenance at once: the processes stay in their contract, watched by nobody until it is
  /// cleared.
  void leaveProcesses(InstanceRecord instance) {
    turn.cancelAll(instance);
    health.forget(instance);
    if (instance.methodContract != InstanceRecord.NONE) {
      turn.kill(instance, instance.methodContract);
    }
    instance.run = InstanceRecord.NONE;
    instance.serviceRun = InstanceRecord.NONE;
  }

  private void begin(
      InstanceRecord instance,
      Afterwards afterwards,
      AuxiliaryState why,
      Severity severity,
      Optional<InstanceFmri> because) {
    turn.cancelAll(instance);
    health.forget(instance);
    instance.afterwards = afterwards;
    instance.afterwardsAuxiliary = why;
    instance.afterwardsSeverity = severity;
    if (instance.run != InstanceRecord.NONE) {
      turn.kill(instance, instance.methodContract);
      instance.run = InstanceRecord.NONE;
    }
    InstanceState next =
        afterwards == Afterwards.MAINTENANCE
            ? InstanceState.MAINTENANCE
            : instance.isWanted() ? InstanceState.OFFLINE : InstanceState.DISABLED;
    turn.commit(instance, instance.state, next, why, Severity.NONE, because);
    attempt(instance);
  }

  /// One attempt of the stop method.
  void attempt(InstanceRecord instance) {
    boolean isTransient = instance.style() == StartdOptions.Style.TRANSIENT;
    if (!isTransient && instance.contract == InstanceRecord.NONE) {
      done(instance);
      return;
    }
    Optional<Method> method = instance.definition.method(MethodKind.STOP);
    if (method.isEmpty()) {
      if (!isTransient) {
        turn.log(instance, "Method property group 'stop' is not present.");
      }
      killRest(instance);
      return;
    }
    startDeadline(instance, method.get());
    switch (method.get().form()) {
      case ABSENT -> {
        turn.log(instance, "Method property 'stop/exec is not present.");
        killRest(instance);
      }
      case TRUE -> {
        turn.log(instance, "Executing stop method (null).");
        awaitEmpty(instance);
      }
      case KILL -> {
        turn.log(instance, "Executing stop method (:kill).");
        if (isTransient) {
          turn.log(instance, "Invalid use of \":kill\" as stop method for transient service.");
          giveUp(
              instance, AuxiliaryState.METHOD_FAILED, "\":kill\" cannot stop a transient service");
        } else {
          signal(instance, method.get().killSignal());
        }
      }
      case COMMAND -> run(instance, method.get());
    }
  }

  private void startDeadline(InstanceRecord instance, Method method) {
    instance.stopDeadlineNanos =
        method.timeout().map(it -> turn.nowNanos() + it.toNanos()).orElse(Long.MAX_VALUE);
  }

  private void signal(InstanceRecord instance, String signal) {
    if (instance.emptied) {
      done(instance);
      return;
    }
    turn.decide(
        new Decision.SignalContract(instance.fmri(), instance.contract, signal, turn.cause()));
    awaitEmpty(instance);
  }

  private void run(InstanceRecord instance, Method method) {
    instance.methodContract = turn.nextContract();
    instance.run = turn.nextNumber();
    turn.enter(instance, Phase.STOP_METHOD);
    turn.decide(
        new Decision.RunMethod(
            instance.fmri(),
            instance.run,
            MethodKind.STOP,
            instance.methodContract,
            Turn.optional(instance.contract),
            instance.failures + 1,
            false,
            turn.cause()));
    method.timeout().ifPresent(it -> turn.schedule(instance, TimerKind.METHOD_TIMEOUT, it));
  }

  void methodExited(InstanceRecord instance, MethodOutcome outcome, boolean timedOut) {
    String detail = timedOut ? "stop method timed out" : InstanceMachine.describe("stop", outcome);
    if (instance.methodContract != InstanceRecord.NONE) {
      turn.kill(instance, instance.methodContract);
    }
    switch (outcome) {
      case MethodOutcome.Exited(int status) -> exited(instance, status, detail);
      case MethodOutcome.Signaled _ ->
          failed(instance, detail, !timedOut || instance.definition.startd().timeoutRetry());
      case MethodOutcome.NotRun(String reason, boolean retryable) ->
          failed(instance, reason, retryable);
      case MethodOutcome.Unknown() -> repeat(instance);
    }
  }

  /// The daemon was away: the method may have ended, or never have begun. What it asked to end is
  /// given a moment before it is asked again.
  private void repeat(InstanceRecord instance) {
    if (instance.emptied) {
      done(instance);
    } else {
      turn.enter(instance, Phase.STOP_BACKOFF);
      turn.schedule(instance, TimerKind.RETRY, instance.definition.startd().retryDelay());
    }
  }

  /// The moment between two attempts is over. A method that is not known to have failed may have
  /// done its work meanwhile.
  void retry(InstanceRecord instance) {
    if (instance.emptied && instance.failures == 0) {
      done(instance);
    } else {
      attempt(instance);
    }
  }

  private void exited(InstanceRecord instance, int status, String detail) {
    switch (status) {
      case ExitCodes.OK, ExitCodes.MON_DEGRADE -> awaitEmpty(instance);
      case ExitCodes.NODAEMON, ExitCodes.TEMP_DISABLE -> {
        if (instance.contract != InstanceRecord.NONE && !instance.emptied) {
          turn.abandon(instance, instance.contract);
        }
        done(instance);
      }
      default -> failed(instance, detail, !ExitCodes.isFatal(status));
    }
  }

  private void failed(InstanceRecord instance, String detail, boolean retryable) {
    instance.detail = detail;
    if (!retryable) {
      giveUp(instance, AuxiliaryState.METHOD_FAILED, detail);
      return;
    }
    instance.failures++;
    if (instance.failures >= StartdOptions.ATTEMPTS_MAX) {
      giveUp(instance, AuxiliaryState.FAULT_THRESHOLD_REACHED, detail);
    } else {
      turn.enter(instance, Phase.STOP_BACKOFF);
      turn.schedule(instance, TimerKind.RETRY, Failures.backOff(instance, turn.cause()));
    }
  }

  private void giveUp(InstanceRecord instance, AuxiliaryState why, String detail) {
    instance.serviceRun = InstanceRecord.NONE;
    machine.enterMaintenance(instance, why, detail, Severity.FAULT);
  }

  private void awaitEmpty(InstanceRecord instance) {
    if (instance.style() == StartdOptions.Style.TRANSIENT) {
      killRest(instance);
      return;
    }
    if (instance.emptied) {
      done(instance);
      return;
    }
    turn.enter(instance, Phase.STOP_EMPTY);
    turn.decide(new Decision.AwaitEmpty(instance.fmri(), instance.contract, turn.cause()));
    if (instance.stopDeadlineNanos != Long.MAX_VALUE) {
      long left = Math.max(0, instance.stopDeadlineNanos - turn.nowNanos());
      turn.schedule(instance, TimerKind.STOP_TIMEOUT, Duration.ofNanos(left));
    }
  }

  void timedOut(InstanceRecord instance) {
    if (instance.phase != Phase.STOP_EMPTY) {
      return;
    }
    turn.log(
        instance, "Method or service exit timed out.  Killing contract " + instance.contract + ".");
    boolean isStopped =
        instance
            .definition
            .method(MethodKind.STOP)
            .map(it -> it.onTimeout() == Method.OnTimeout.KILL)
            .orElse(false);
    if (!isStopped) {
      instance.afterwards = Afterwards.MAINTENANCE;
      instance.afterwardsAuxiliary = AuxiliaryState.METHOD_FAILED;
      instance.afterwardsSeverity = Severity.FAULT;
      instance.afterwardsDetail = "its processes did not stop in time and were killed";
    }
    turn.enter(instance, Phase.STOP_KILL);
    turn.kill(instance, instance.contract);
  }

  /// Kills what is left, as part of an orderly stop.
  private void killRest(InstanceRecord instance) {
    if (instance.contract == InstanceRecord.NONE || instance.emptied) {
      done(instance);
    } else {
      turn.enter(instance, Phase.STOP_KILL);
      turn.kill(instance, instance.contract);
    }
  }

  void emptied(InstanceRecord instance) {
    done(instance);
  }

  /// The process of a running `child` service ended by itself (smf.md 5.8; a signal is an error,
  /// DESIGN 3).
  void serviceExited(InstanceRecord instance, MethodOutcome outcome) {
    ServiceEnd end = new ServiceEnd(instance.definition.startd(), outcome);
    StopCause cause = end.cause();
    turn.log(instance, "Stopping because " + cause.text + ".");
    if (cause == StopCause.EXITED_WITH_ERROR && instance.definition.startd().givesUp()) {
      Failures.record(instance, turn.nowEpochMillis());
    }
    turn.cancelAll(instance);
    health.forget(instance);
    instance.detail =
        InstanceMachine.describe("start", outcome).replace("start method", "its process");
    instance.afterwards = Afterwards.REST;
    instance.afterwardsAuxiliary = cause.auxiliary;
    instance.afterwardsSeverity = cause.severity;
    if (end.isForGood()) {
      disable(instance, end);
    } else if (cause == StopCause.EXITED_NORMALLY) {
      Failures.forget(instance);
      instance.throttled = !instance.definition.startd().restartDelay().isZero();
    } else if (cause == StopCause.EXITED_WITH_CONFIGURATION_ERROR) {
      instance.afterwards = Afterwards.MAINTENANCE;
      instance.afterwardsDetail = instance.detail;
    } else if (end.isLastFailure()) {
      instance.afterwards = Afterwards.MAINTENANCE;
      instance.afterwardsDetail = instance.detail + ", and is not to be restarted (startd/restart)";
    } else if (Failures.isThrottled(instance)) {
      turn.log(instance, "Failing too quickly, throttling.");
      instance.throttled = true;
    } else {
      instance.throttled = !instance.definition.startd().restartDelay().isZero();
    }
    InstanceState next =
        instance.afterwards == Afterwards.MAINTENANCE
            ? InstanceState.MAINTENANCE
            : instance.isWanted() ? InstanceState.OFFLINE : InstanceState.DISABLED;
    turn.commit(instance, instance.state, next, cause.auxiliary, Severity.NONE);
    killRest(instance);
  }

  private void disable(InstanceRecord instance, ServiceEnd end) {
    turn.setEnabled(
        instance,
        new EnabledSetting(
            instance.enabled.permanent(),
            Optional.of(false),
            end.isAskedFor()
                ? "its process exited with 101"
                : "its process ended (startd/restart)"));
    Failures.forget(instance);
  }

  private void done(InstanceRecord instance) {
    turn.cancelAll(instance);
    instance.contract = InstanceRecord.NONE;
    instance.serviceRun = InstanceRecord.NONE;
    instance.failures = 0;
    AuxiliaryState why = instance.afterwardsAuxiliary;
    switch (instance.afterwards) {
      case MAINTENANCE ->
          machine.enterMaintenance(
              instance, why, instance.afterwardsDetail, instance.afterwardsSeverity);
      case REST, RETRY -> {
        machine.rest(instance, why, instance.afterwardsSeverity);
        if (instance.throttled) {
          instance.throttled = false;
          turn.enter(instance, Phase.THROTTLED);
          turn.schedule(instance, TimerKind.THROTTLE, Failures.restartDelay(instance));
        } else {
          turn.enter(instance, Phase.IDLE);
        }
      }
    }
    instance.afterwardsDetail = "";
  }

  /// A stop was under way when the daemon died: it goes on where it was.
  void resume(InstanceRecord instance, long run, Resumption from) {
    switch (from.phase()) {
      case STOP_BACKOFF -> {
        turn.enter(instance, Phase.STOP_BACKOFF);
        turn.schedule(
            instance, TimerKind.RETRY, from.left(TimerKind.RETRY, StartdOptions.RETRY_DELAY_MAX));
      }
      case STOP_EMPTY -> resumeWaiting(instance);
      case STOP_KILL -> killRest(instance);
      case IDLE,
          START_METHOD,
          START_READY,
          START_CLEANUP,
          START_BACKOFF,
          THROTTLED,
          STOP_METHOD,
          REFRESH_METHOD,
          REFRESH_BACKOFF,
          CLEAR_KILL ->
          resumeMethod(instance, run, from);
    }
  }

  /// The signal of `:kill` may not have been sent: it is sent again. What a method asked for it has
  /// asked.
  private void resumeWaiting(InstanceRecord instance) {
    instance
        .definition
        .method(MethodKind.STOP)
        .filter(method -> method.form() == Method.Form.KILL)
        .ifPresent(method ->
            turn.decide(
                new Decision.SignalContract(
                    instance.fmri(), instance.contract, method.killSignal(), turn.cause())));
    awaitEmpty(instance);
  }

  /// A stop method that still runs is waited for, else it is repeated.
  private void resumeMethod(InstanceRecord instance, long run, Resumption from) {
    boolean isMethod = run != InstanceRecord.NONE && instance.methodContract != InstanceRecord.NONE;
    if (!isMethod) {
      attempt(instance);
      return;
    }
    instance.run = run;
    turn.enter(instance, Phase.STOP_METHOD);
    instance
        .definition
        .method(MethodKind.STOP)
        .flatMap(Method::timeout)
        .map(it -> from.left(TimerKind.METHOD_TIMEOUT, it))
        .ifPresent(it -> turn.schedule(instance, TimerKind.METHOD_TIMEOUT, it));
  }

  /// A `child` service that exits too quickly waits for the rest of its delay.
  void resumeThrottle(InstanceRecord instance, Resumption from) {
    turn.enter(instance, Phase.THROTTLED);
    turn.schedule(
        instance, TimerKind.THROTTLE, from.left(TimerKind.THROTTLE, Failures.THROTTLE_DELAY));
  }
}
