package bespoke.engine;

import bespoke.engine.InstanceRecord.Afterwards;
import bespoke.engine.InstanceRecord.Degradation;
import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceState;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Readiness;
import bespoke.model.Severity;
import bespoke.model.StartdOptions;
import java.util.Optional;

/// From `offline` to `online`: attempts, readiness, clean-up, back-off (smf.md 5.6; DESIGN 3).
final class Starting {
  private final Turn turn;
  private final InstanceMachine machine;
  private final Health health;

  Starting(Turn turn, InstanceMachine machine, Health health) {
    this.turn = turn;
    this.machine = machine;
    this.health = health;
  }

  /// The dependencies are satisfied. Ignored unless the instance rests in `offline`.
  void start(InstanceRecord instance) {
    if (instance.state != InstanceState.OFFLINE || instance.phase != Phase.IDLE) {
      return;
    }
    if (Failures.isCritical(instance, turn.nowEpochMillis())) {
      turn.log(instance, "Restarting too quickly, changing state to maintenance.");
      machine.enterMaintenance(
          instance,
          AuxiliaryState.RESTARTING_TOO_QUICKLY,
          "it failed more than "
              + instance.definition.startd().criticalFailureCount()
              + " times in "
              + instance.definition.startd().criticalFailurePeriod().toSeconds()
              + " seconds",
          Severity.FAULT);
      return;
    }
    forgetAttempt(instance);
    Optional<Method> method = instance.definition.method(MethodKind.START);
    if (method.isEmpty()) {
      turn.log(instance, "Method property group 'start' is not present.");
      startedWithoutProcess(instance);
      return;
    }
    switch (method.get().form()) {
      case ABSENT -> {
        turn.log(instance, "Method property 'start/exec is not present.");
        startedWithoutProcess(instance);
      }
      case TRUE -> {
        turn.log(instance, "Executing start method (null).");
        startedWithoutProcess(instance);
      }
      case KILL -> {
        turn.log(instance, "Invalid use of \":kill\" as stop method for transient service.");
        machine.enterMaintenance(
            instance, AuxiliaryState.METHOD_FAILED, "\":kill\" is no start method", Severity.FAULT);
      }
      case COMMAND -> run(instance, method.get());
    }
  }

  private static void forgetAttempt(InstanceRecord instance) {
    instance.contract = InstanceRecord.NONE;
    instance.emptied = false;
    instance.ready = false;
    instance.timedOut = false;
    instance.serviceRun = InstanceRecord.NONE;
    instance.statusText = "";
    instance.detail = "";
  }

  private void startedWithoutProcess(InstanceRecord instance) {
    instance.emptied = true;
    turn.commit(
        instance, InstanceState.OFFLINE, InstanceState.ONLINE, why(instance), Severity.NONE);
    if (instance.definition.readiness().kind() == Readiness.Kind.PROBE) {
      awaitReadiness(instance);
    } else {
      online(instance, InstanceState.ONLINE);
    }
  }

  private void run(InstanceRecord instance, Method method) {
    boolean isService = instance.style() == StartdOptions.Style.CHILD;
    instance.contract = turn.nextContract();
    instance.run = turn.nextNumber();
    instance.startPid = InstanceRecord.NONE; // the next daemon must not take the last one for it
    if (isService) {
      Failures.recordStart(instance, turn.nowNanos());
    }
    turn.commit(
        instance, InstanceState.OFFLINE, InstanceState.ONLINE, why(instance), Severity.NONE);
    turn.enter(instance, Phase.START_METHOD);
    turn.decide(
        new Decision.RunMethod(
            instance.fmri(),
            instance.run,
            MethodKind.START,
            instance.contract,
            Turn.optional(instance.contract),
            instance.failures + 1,
            isService,
            turn.cause()));
    if (!isService) {
      method.timeout().ifPresent(it -> turn.schedule(instance, TimerKind.METHOD_TIMEOUT, it));
    }
  }

  /// A restart or clear stays the reason until the instance is online again.
  private static AuxiliaryState why(InstanceRecord instance) {
    return switch (instance.auxiliary) {
      case RESTART_REQUEST, CLEAR_REQUEST -> instance.auxiliary;
      default -> AuxiliaryState.DEPENDENCIES_SATISFIED; // whatever stopped it is over
    };
  }

  void methodStarted(InstanceRecord instance, long pid) {
    instance.startPid = pid;
    turn.touch(instance);
    if (instance.style() == StartdOptions.Style.CHILD) {
      instance.serviceRun = instance.run;
      instance.run = InstanceRecord.NONE;
      succeeded(instance, InstanceState.ONLINE);
    }
  }

  void methodExited(InstanceRecord instance, MethodOutcome outcome, boolean timedOut) {
    switch (outcome) {
      case MethodOutcome.Exited(int status) -> exited(instance, status, outcome);
      case MethodOutcome.Signaled _ -> {
        boolean retry = !timedOut || instance.definition.startd().timeoutRetry();
        String detail =
            timedOut ? "start method timed out" : InstanceMachine.describe("start", outcome);
        failed(instance, detail, retry, AuxiliaryState.METHOD_FAILED);
      }
      case MethodOutcome.NotRun(String reason, boolean retryable) -> {
        instance.emptied = true;
        failed(instance, reason, retryable, AuxiliaryState.METHOD_FAILED);
      }
      case MethodOutcome.Unknown() -> {
        if (instance.style() == StartdOptions.Style.CONTRACT) {
          succeeded(instance, InstanceState.ONLINE);
        } else {
          cleanUp(instance, Afterwards.RETRY, AuxiliaryState.METHOD_FAILED, "");
        }
      }
    }
  }

  private void exited(InstanceRecord instance, int status, MethodOutcome outcome) {
    if (instance.style() == StartdOptions.Style.CHILD) {
      // It ended before the world could say that it had started.
      instance.serviceRun = InstanceRecord.NONE;
      exitedBeforeReady(instance, outcome);
      return;
    }
    String detail = InstanceMachine.describe("start", outcome);
    switch (status) {
      case ExitCodes.OK -> succeeded(instance, InstanceState.ONLINE);
      case ExitCodes.NODAEMON -> {
        turn.abandon(instance, instance.contract);
        instance.contract = InstanceRecord.NONE;
        instance.emptied = false;
        succeeded(instance, InstanceState.ONLINE);
      }
      case ExitCodes.MON_DEGRADE -> {
        instance.degradation = Degradation.START;
        succeeded(instance, InstanceState.DEGRADED);
      }
      case ExitCodes.TEMP_DISABLE -> disable(instance);
      default -> failed(instance, detail, !ExitCodes.isFatal(status), AuxiliaryState.METHOD_FAILED);
    }
  }

  private void disable(InstanceRecord instance) {
    turn.setEnabled(
        instance,
        new EnabledSetting(
            instance.enabled.permanent(), Optional.of(false), "its start method exited with 101"));
    cleanUp(instance, Afterwards.REST, AuxiliaryState.DISABLE_REQUEST, "");
  }

  private void succeeded(InstanceRecord instance, InstanceState state) {
    if (instance.definition.readiness().kind() != Readiness.Kind.METHOD && !instance.ready) {
      awaitReadiness(instance);
    } else {
      online(instance, state);
    }
  }

  private void awaitReadiness(InstanceRecord instance) {
    turn.enter(instance, Phase.START_READY);
    if (instance.emptied && instance.contract != InstanceRecord.NONE) {
      emptiedBeforeReady(instance);
      return;
    }
    instance
        .definition
        .readiness()
        .timeout()
        .ifPresent(it -> turn.schedule(instance, TimerKind.READINESS_TIMEOUT, it));
    if (instance.definition.readiness().kind() == Readiness.Kind.PROBE) {
      health.ask(instance, true);
    }
  }

  void probeAnswered(InstanceRecord instance, boolean well, String detail) {
    if (well) {
      becameReady(instance);
    } else {
      instance.detail = detail;
      turn.touch(instance);
      instance
          .definition
          .readiness()
          .probe()
          .ifPresent(it -> turn.schedule(instance, TimerKind.PROBE_INTERVAL, it.interval()));
    }
  }

  void becameReady(InstanceRecord instance) {
    instance.detail = "";
    online(
        instance,
        instance.degradation == Degradation.START ? InstanceState.DEGRADED : InstanceState.ONLINE);
  }

  void readinessTimedOut(InstanceRecord instance) {
    if (instance.phase == Phase.START_READY) {
      String last = instance.detail.isEmpty() ? "" : " (" + instance.detail + ")";
      turn.log(instance, "The service did not become ready in time.");
      failed(
          instance,
          "it did not report that it is ready in time" + last,
          true,
          AuxiliaryState.READINESS_TIMEOUT);
    }
  }

  void emptiedBeforeReady(InstanceRecord instance) {
    if (instance.style() == StartdOptions.Style.CONTRACT) {
      failed(
          instance,
          "all its processes exited before it was ready",
          true,
          AuxiliaryState.METHOD_FAILED);
    }
  }

  /// The process of a `child` service ended before it was online.
  void exitedBeforeReady(InstanceRecord instance, MethodOutcome outcome) {
    if (outcome instanceof MethodOutcome.Exited(int asked) && asked == ExitCodes.TEMP_DISABLE) {
      disable(instance);
      return;
    }
    boolean isFatal =
        outcome instanceof MethodOutcome.Exited(int status) && status == ExitCodes.ERR_CONFIG;
    failed(
        instance,
        InstanceMachine.describe("start", outcome) + " before it was ready",
        !isFatal,
        AuxiliaryState.METHOD_FAILED);
  }

  private void online(InstanceRecord instance, InstanceState state) {
    turn.cancelAll(instance);
    health.forget(instance);
    instance.failures = 0;
    boolean isDegraded = state == InstanceState.DEGRADED;
    AuxiliaryState why = isDegraded ? AuxiliaryState.METHOD_FAILED : instance.auxiliary;
    turn.commit(instance, state, null, why, Severity.NONE);
    turn.decide(new Decision.TakeStartSnapshot(instance.fmri(), turn.cause()));
    if (isDegraded) {
      instance.detail = "its start method asked for it (exit status 97)";
    } else {
      instance.degradation = Degradation.NONE;
    }
    watch(instance);
    health.begin(instance);
    turn.enter(instance, Phase.IDLE);
    machine.afterOnline(instance);
  }

  private void watch(InstanceRecord instance) {
    if (instance.contract == InstanceRecord.NONE) {
      return;
    }
    if (instance.emptied) {
      // It was over before it was online: the same event as when it ends a moment later.
      turn.send(new Message.Emptied(instance, instance.contract));
    } else {
      turn.decide(new Decision.AwaitEmpty(instance.fmri(), instance.contract, turn.cause()));
    }
  }

  private void failed(
      InstanceRecord instance, String detail, boolean retryable, AuxiliaryState why) {
    if (!retryable) {
      cleanUp(instance, Afterwards.MAINTENANCE, AuxiliaryState.METHOD_FAILED, detail);
      return;
    }
    instance.failures++;
    if (instance.failures >= StartdOptions.ATTEMPTS_MAX) {
      AuxiliaryState last =
          why == AuxiliaryState.METHOD_FAILED ? AuxiliaryState.FAULT_THRESHOLD_REACHED : why;
      cleanUp(instance, Afterwards.MAINTENANCE, last, detail);
    } else {
      cleanUp(instance, Afterwards.RETRY, why, detail);
    }
  }

  /// Gives the attempt up; `why` and what follows are taken when its processes are gone.
  void abort(InstanceRecord instance, Afterwards afterwards, AuxiliaryState why) {
    if (instance.phase == Phase.START_CLEANUP) {
      instance.afterwards = afterwards;
      instance.afterwardsAuxiliary = why;
      instance.afterwardsDetail = "";
    } else {
      cleanUp(instance, afterwards, why, "");
    }
  }

  private void cleanUp(
      InstanceRecord instance, Afterwards afterwards, AuxiliaryState why, String detail) {
    turn.cancelAll(instance);
    health.forget(instance);
    instance.afterwards = afterwards;
    instance.afterwardsAuxiliary = why;
    instance.afterwardsDetail = detail;
    instance.run = InstanceRecord.NONE;
    instance.serviceRun = InstanceRecord.NONE;
    turn.enter(instance, Phase.START_CLEANUP);
    if (instance.contract == InstanceRecord.NONE || instance.emptied) {
      cleanedUp(instance);
    } else {
      turn.kill(instance, instance.contract);
    }
  }

  void cleanedUp(InstanceRecord instance) {
    instance.contract = InstanceRecord.NONE;
    instance.detail = instance.afterwardsDetail;
    AuxiliaryState why = instance.afterwardsAuxiliary;
    switch (instance.afterwards) {
      case MAINTENANCE -> {
        Severity severity =
            why == AuxiliaryState.ADMINISTRATIVE_REQUEST || why == AuxiliaryState.SERVICE_REQUEST
                ? Severity.RESTART
                : Severity.FAULT;
        machine.enterMaintenance(instance, why, instance.detail, severity);
      }
      case REST -> {
        machine.rest(instance, why, Severity.NONE);
        turn.enter(instance, Phase.IDLE);
      }
      case RETRY -> {
        turn.commit(instance, InstanceState.OFFLINE, null, why, Severity.NONE);
        if (instance.isWanted()) {
          turn.enter(instance, Phase.START_BACKOFF);
          turn.schedule(instance, TimerKind.RETRY, Failures.backOff(instance, turn.cause()));
        } else {
          turn.enter(instance, Phase.IDLE);
        }
      }
    }
  }

  /// The start method of before the daemon died may still run: its end is waited for.
  void resumeMethod(InstanceRecord instance, Resumption from) {
    turn.enter(instance, Phase.START_METHOD);
    if (instance.style() != StartdOptions.Style.CHILD) {
      instance
          .definition
          .method(MethodKind.START)
          .flatMap(Method::timeout)
          .map(it -> from.left(TimerKind.METHOD_TIMEOUT, it))
          .ifPresent(it -> turn.schedule(instance, TimerKind.METHOD_TIMEOUT, it));
    }
  }

  /// The start method had succeeded before the daemon died.
  void resumeReadiness(InstanceRecord instance, Resumption from) {
    turn.enter(instance, Phase.START_METHOD);
    succeeded(instance, InstanceState.ONLINE);
    if (instance.phase == Phase.START_READY) {
      instance
          .definition
          .readiness()
          .timeout()
          .map(it -> from.left(TimerKind.READINESS_TIMEOUT, it))
          .ifPresent(it -> turn.schedule(instance, TimerKind.READINESS_TIMEOUT, it));
    }
  }

  /// An attempt was being cleaned up when the daemon died: that is finished, and what was to follow
  /// follows.
  void resumeCleanUp(InstanceRecord instance) {
    cleanUp(instance, instance.afterwards, instance.afterwardsAuxiliary, instance.afterwardsDetail);
  }

  /// The next attempt waits for the rest of its back-off.
  void resumeBackOff(InstanceRecord instance, Resumption from) {
    turn.enter(instance, Phase.START_BACKOFF);
    turn.schedule(
        instance, TimerKind.RETRY, from.left(TimerKind.RETRY, StartdOptions.RETRY_DELAY_MAX));
  }
}
