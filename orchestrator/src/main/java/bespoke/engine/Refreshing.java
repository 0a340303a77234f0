package bespoke.engine;

import bespoke.engine.InstanceRecord.Degradation;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceState;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Severity;
import bespoke.model.StartdOptions;
import java.util.Optional;

/// Rereading the configuration of a running instance (smf.md 5.15; DESIGN 3: a failure degrades).
final class Refreshing {
  private final Turn turn;
  private final InstanceMachine machine;

  Refreshing(Turn turn, InstanceMachine machine) {
    this.turn = turn;
    this.machine = machine;
  }

  /// The running configuration was replaced already; a running instance is told.
  void refresh(InstanceRecord instance) {
    if (instance.phase.isStarting() || instance.phase.isRefreshing()) {
      instance.refreshWanted = true;
      return;
    }
    turn.log(instance, "Rereading configuration.");
    if (instance.isRunning() && instance.phase == Phase.IDLE) {
      instance.failures = 0;
      attempt(instance);
    }
  }

  void attempt(InstanceRecord instance) {
    Optional<Method> method = instance.definition.method(MethodKind.REFRESH);
    if (method.isEmpty()) {
      turn.log(instance, "No 'refresh' method defined.  Treating as :true.");
      succeeded(instance);
      return;
    }
    switch (method.get().form()) {
      case ABSENT -> {
        turn.log(instance, "Method property 'refresh/exec is not present.");
        succeeded(instance);
      }
      case TRUE -> {
        turn.log(instance, "Executing refresh method (null).");
        succeeded(instance);
      }
      case KILL -> signal(instance, method.get());
      case COMMAND -> run(instance, method.get());
    }
  }

  private void signal(InstanceRecord instance, Method method) {
    turn.log(instance, "Executing refresh method (:kill).");
    if (instance.contract == InstanceRecord.NONE) {
      turn.log(instance, "Invalid use of \":kill\" as stop method for transient service.");
      degrade(instance, AuxiliaryState.METHOD_FAILED, "there is no process to signal");
      return;
    }
    turn.decide(
        new Decision.SignalContract(
            instance.fmri(), instance.contract, method.killSignal(), turn.cause()));
    succeeded(instance);
  }

  private void run(InstanceRecord instance, Method method) {
    instance.methodContract = turn.nextContract();
    instance.run = turn.nextNumber();
    turn.commit(instance, instance.state, instance.state, instance.auxiliary, Severity.NONE);
    turn.enter(instance, Phase.REFRESH_METHOD);
    turn.decide(
        new Decision.RunMethod(
            instance.fmri(),
            instance.run,
            MethodKind.REFRESH,
            instance.methodContract,
            Turn.optional(instance.contract),
            instance.failures + 1,
            false,
            turn.cause()));
    method.timeout().ifPresent(it -> turn.schedule(instance, TimerKind.METHOD_TIMEOUT, it));
  }

  void methodExited(InstanceRecord instance, MethodOutcome outcome, boolean timedOut) {
    String detail =
        timedOut ? "refresh method timed out" : InstanceMachine.describe("refresh", outcome);
    switch (outcome) {
      case MethodOutcome.Exited(int status) -> {
        boolean isGood =
            status == ExitCodes.OK
                || status == ExitCodes.NODAEMON
                || status == ExitCodes.MON_DEGRADE
                || status == ExitCodes.TEMP_DISABLE;
        if (isGood) {
          succeeded(instance);
        } else {
          failed(instance, detail, !ExitCodes.isFatal(status));
        }
      }
      case MethodOutcome.Signaled _ ->
          failed(instance, detail, !timedOut || instance.definition.startd().timeoutRetry());
      case MethodOutcome.NotRun(String reason, boolean retryable) ->
          failed(instance, reason, retryable);
      case MethodOutcome.Unknown() -> attempt(instance); // it may never have begun
    }
  }

  private void succeeded(InstanceRecord instance) {
    instance.failures = 0;
    turn.enter(instance, Phase.IDLE);
    if (instance.state == InstanceState.DEGRADED && instance.degradation == Degradation.REFRESH) {
      machine.recover(instance, AuxiliaryState.DEPENDENCIES_SATISFIED);
    }
    turn.commit(instance, instance.state, null, instance.auxiliary, Severity.REFRESH);
    machine.afterOnline(instance);
  }

  private void failed(InstanceRecord instance, String detail, boolean retryable) {
    instance.failures++;
    if (retryable && instance.failures < StartdOptions.ATTEMPTS_MAX) {
      turn.enter(instance, Phase.REFRESH_BACKOFF);
      turn.schedule(instance, TimerKind.RETRY, Failures.backOff(instance, turn.cause()));
    } else {
      degrade(instance, AuxiliaryState.METHOD_FAILED, detail);
    }
  }

  private void degrade(InstanceRecord instance, AuxiliaryState why, String detail) {
    instance.failures = 0;
    turn.enter(instance, Phase.IDLE);
    if (instance.state == InstanceState.ONLINE) {
      machine.becomeDegraded(instance, Degradation.REFRESH, why, detail);
    } else {
      instance.detail = detail;
      turn.commit(instance, instance.state, null, why, Severity.NONE);
    }
    machine.afterOnline(instance);
  }

  /// A refresh was under way when the daemon died: a method that still runs is waited for.
  void resume(InstanceRecord instance, long run, Resumption from) {
    if (from.phase() == Phase.REFRESH_BACKOFF) {
      turn.enter(instance, Phase.REFRESH_BACKOFF);
      turn.schedule(
          instance, TimerKind.RETRY, from.left(TimerKind.RETRY, StartdOptions.RETRY_DELAY_MAX));
      return;
    }
    instance.run = run;
    turn.enter(instance, Phase.REFRESH_METHOD);
    instance
        .definition
        .method(MethodKind.REFRESH)
        .flatMap(Method::timeout)
        .map(it -> from.left(TimerKind.METHOD_TIMEOUT, it))
        .ifPresent(it -> turn.schedule(instance, TimerKind.METHOD_TIMEOUT, it));
  }

  /// Something graver came up: the refresh in progress is forgotten.
  void abandon(InstanceRecord instance) {
    if (instance.phase.isRefreshing()) {
      if (instance.run != InstanceRecord.NONE) {
        turn.kill(instance, instance.methodContract);
        instance.run = InstanceRecord.NONE;
      }
      turn.cancelAll(instance);
    }
  }
}
