package bespoke.supervisor.rpc;

import bespoke.supervisor.server.Loop;
import bespoke.supervisor.server.ServerState;
import bespoke.supervisor.server.Supervision;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// Reaches the server's state from a client's thread.
final class OnLoop {
  private final Loop loop;
  private final Supplier<Supervision> supervision;

  /// @param supervision the current one; asked on the loop
  OnLoop(Loop loop, Supplier<Supervision> supervision) {
    this.loop = loop;
    this.supervision = supervision;
  }

  /// Something that needs the server's state.
  interface Step<T> {
    T run(Supervision supervision) throws Fault;
  }

  /// Runs a step on the loop and waits for its result.
  ///
  /// @throws Fault what the step throws; SHUTDOWN_STATE if the server is about to stop
  <T> T call(Step<T> step) throws Fault, InterruptedException {
    return callAlways(current -> {
      if (current.state() != ServerState.RUNNING) {
        throw new Fault(FaultCode.SHUTDOWN_STATE);
      }
      return step.run(current);
    });
  }

  /// The same, also while the server is about to stop.
  <T> T callAlways(Step<T> step) throws Fault, InterruptedException {
    return await(loop.call(() -> step.run(supervision.get())));
  }

  static <T> T await(CompletableFuture<T> future) throws Fault, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Fault fault -> throw new Fault(fault);
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
