package bespoke.supervisor.rpc;

import bespoke.supervisor.config.SignalNumber;
import bespoke.supervisor.process.ProcessState;
import bespoke.supervisor.process.ProcessStatus;
import bespoke.supervisor.server.ManagedProcess;
import bespoke.supervisor.server.ProgramCommand;
import bespoke.supervisor.server.Supervision;
import java.util.concurrent.CompletableFuture;

/// Starts, stops and signals one process, with supervisord's refusals. On the loop.
///
/// What is returned completes with the status to be judged by [#judgeStart] when it was worth
/// waiting for.
final class Control {
  private static final ProcessStatus NOTHING_KNOWN =
      new ProcessStatus(ProcessState.STOPPED, 0, null, null, null, "");

  private Control() {}

  /// @param name for refusals
  static CompletableFuture<ProcessStatus> start(
      Supervision current, ManagedProcess process, String name, boolean wait) throws Fault {
    switch (process.command()) {
      case ProgramCommand.Missing missing -> throw new Fault(FaultCode.NO_FILE, missing.reason());
      case ProgramCommand.NotExecutable bad ->
          throw new Fault(FaultCode.NOT_EXECUTABLE, bad.reason());
      case ProgramCommand.Executable _ -> {
        // as it should be
      }
    }
    switch (process.status().state()) {
      case STARTING, RUNNING, BACKOFF -> throw new Fault(FaultCode.ALREADY_STARTED, name);
      case STOPPING -> throw new Fault(FaultCode.ABNORMAL_TERMINATION, name);
      case STOPPED, EXITED, FATAL, UNKNOWN -> {
        // it is started below
      }
    }
    CompletableFuture<String> permitted = current.start(process);
    boolean settled =
        !wait
            || (process.config().start().startSeconds() == 0
                && process.config().checks().readiness() == null);
    if (!wait && !permitted.isDone()) {
      return CompletableFuture.completedFuture(NOTHING_KNOWN);
    }
    return permitted.thenCompose(waitsFor -> {
      if (!waitsFor.isEmpty()) {
        return CompletableFuture.failedFuture(new Fault(FaultCode.SPAWN_ERROR, waitsFor));
      }
      return settled
          ? CompletableFuture.completedFuture(process.status())
          : process.when(status -> status.state() != ProcessState.STARTING);
    });
  }

  /// @throws Fault if the start has failed
  static void judgeStart(ProcessStatus status, String name, boolean wait) throws Fault {
    boolean up =
        status.state() == ProcessState.RUNNING
            || (!wait && status.state() == ProcessState.STARTING);
    boolean ended = status.state() == ProcessState.EXITED;
    if (!up && !status.spawnError().isEmpty() && !ended) {
      throw new Fault(FaultCode.SPAWN_ERROR, name);
    }
    if (!up && wait && !ended) {
      throw new Fault(FaultCode.ABNORMAL_TERMINATION, name);
    }
  }

  static CompletableFuture<ProcessStatus> stop(
      Supervision current, ManagedProcess process, String name, boolean wait) throws Fault {
    if (current.forgetStart(process)) {
      return CompletableFuture.completedFuture(process.status());
    }
    if (!process.status().state().isRunning()) {
      throw new Fault(FaultCode.NOT_RUNNING, name);
    }
    process.stop();
    return wait
        ? process.when(status -> status.state().isStopped())
        : CompletableFuture.completedFuture(process.status());
  }

  static void signal(ManagedProcess process, String name, SignalNumber signal) throws Fault {
    if (!process.status().state().isSignallable()) {
      throw new Fault(FaultCode.NOT_RUNNING, name);
    }
    String problem = process.signal(signal);
    if (!problem.isEmpty()) {
      throw new Fault(FaultCode.FAILED, problem);
    }
  }

  static SignalNumber signalNumber(String text) throws Fault {
    return SignalNumber.of(text).orElseThrow(() -> new Fault(FaultCode.BAD_SIGNAL, text));
  }
}
