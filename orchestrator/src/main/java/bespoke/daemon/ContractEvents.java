package bespoke.daemon;

import bespoke.contract.ContractListener;
import bespoke.contract.KnownProcess;
import bespoke.contract.ProcessExit;
import bespoke.control.Machine;
import bespoke.control.Machine.ContractNotice;
import bespoke.model.MethodOutcome;
import java.util.concurrent.atomic.AtomicLong;

/// Hands what happens in contracts to those who follow it, on its way to who acts on it.
final class ContractEvents {
  private final Followers<ContractNotice> followers = new Followers<>();
  private final AtomicLong last = new AtomicLong();
  private final EngineLoop.Clock clock;

  ContractEvents(EngineLoop.Clock clock) {
    this.clock = clock;
  }

  /// Begins to follow.
  Machine.Subscription<ContractNotice> follow(int backlog) {
    return followers.follow(0, backlog);
  }

  /// Ends all subscriptions.
  void end(String reason) {
    followers.end(reason);
  }

  private void tell(long contract, String type, long pid, int status) {
    long id = last.incrementAndGet();
    if (!followers.isEmpty()) {
      followers.tell(id, new ContractNotice(id, clock.epochMillis(), contract, type, pid, status));
    }
  }

  /// A listener that hands everything on.
  ContractListener on(ContractListener next) {
    return new ContractListener() {
      @Override
      public void processStarted(long contract, long run, KnownProcess process) {
        tell(contract, "fork", process.pid(), 0);
        next.processStarted(contract, run, process);
      }

      @Override
      public void processExited(ProcessExit exit) {
        switch (exit.outcome()) {
          case MethodOutcome.Exited(int status) ->
              tell(exit.contract(), "exit", exit.pid(), status);
          case MethodOutcome.Signaled(int signal, boolean core) ->
              tell(exit.contract(), core ? "core" : "signal", exit.pid(), signal);
          case MethodOutcome.NotRun _, MethodOutcome.Unknown() ->
              tell(exit.contract(), "exit", exit.pid(), 0);
        }
        next.processExited(exit);
      }

      @Override
      public void contractEmptied(long contract) {
        tell(contract, "empty", 0, 0);
        next.contractEmptied(contract);
      }
    };
  }
}
