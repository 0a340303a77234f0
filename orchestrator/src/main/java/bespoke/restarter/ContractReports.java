package bespoke.restarter;

import bespoke.contract.ContractListener;
import bespoke.contract.Contracts;
import bespoke.contract.KnownProcess;
import bespoke.contract.ProcessExit;
import bespoke.engine.Event;
import bespoke.model.MethodOutcome;
import bespoke.os.Signals;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// Turns what happens in contracts into answers, in the order in which it happened.
///
/// Its methods only put work into lanes: they are called while the contracts are locked, and an
/// inbox that is full must not keep them so.
final class ContractReports implements ContractListener {

  /// Signals whose default is a core dump (signal(7)): the process went wrong by itself, whether or
  /// not its limits let the kernel write one.
  private static final Set<Integer> CORE_SIGNALS = Set.of(3, 4, 5, 6, 7, 8, 11, 24, 25, 31);

  private final EventSink events;
  private final Undertakings undertakings;
  private final Lanes<Object> lanes;
  private final InstanceLogs logs;
  private final ProbeRunner probes;
  private final ReadinessChannels channels;
  private final Removals removals;
  private final Supplier<Contracts> contracts;

  ContractReports(
      EventSink events,
      Undertakings undertakings,
      Lanes<Object> lanes,
      InstanceLogs logs,
      ProbeRunner probes,
      ReadinessChannels channels,
      Removals removals,
      Supplier<Contracts> contracts) {
    this.events = events;
    this.undertakings = undertakings;
    this.lanes = lanes;
    this.logs = logs;
    this.probes = probes;
    this.channels = channels;
    this.removals = removals;
    this.contracts = contracts;
  }

  @Override
  public void processStarted(long contract, long run, KnownProcess process) {
    // who launched it knows
  }

  @Override
  public void processExited(ProcessExit exit) {
    if (ProbeRunner.isProbe(exit.contract())) {
      lanes.add(probes, () -> probes.exited(exit));
      return;
    }
    ContractUse use = undertakings.contract(exit.contract());
    if (use != null) {
      lanes.add(use.instance(), () -> report(exit, use));
    }
  }

  private void report(ProcessExit exit, ContractUse use) {
    Optional<ActiveRun> ended =
        exit.run().isPresent() ? undertakings.end(exit.run().getAsLong()) : Optional.empty();
    if (ended.isPresent()) {
      methodExited(ended.get(), exit, use);
    } else if (exit.outcome() instanceof MethodOutcome.Signaled(int signal, boolean core)
        && !use.isKilled()) {
      events.post(
          use.cause(),
          new Event.MemberDied(
              use.instance(),
              exit.contract(),
              exit.pid(),
              signal,
              core || CORE_SIGNALS.contains(signal),
              false));
    }
  }

  private void methodExited(ActiveRun run, ProcessExit exit, ContractUse use) {
    messages(run, exit).forEach(message -> logs.write(run.instance(), message));
    MethodOutcome outcome =
        exit.failure()
            .<MethodOutcome>map(
                failure -> new MethodOutcome.NotRun(failure.reason(), failure.isRetryable()))
            .orElse(exit.outcome());
    long byItself = run.isService() ? 0 : run.cause();
    events.post(
        use.cause() != 0 ? use.cause() : byItself,
        new Event.MethodExited(run.instance(), run.run(), outcome, exit.waitStatus()));
  }

  /// The end of a run that nobody told of.
  private static ProcessExit unseen(long contract, ActiveRun run) {
    return new ProcessExit(
        contract,
        0,
        OptionalLong.of(run.run()),
        new MethodOutcome.Unknown(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static List<String> messages(ActiveRun run, ProcessExit exit) {
    String method = "Method \"" + run.kind() + "\" ";
    if (exit.failure().isPresent()) {
      return MethodNotRunException.messages(exit.failure().get(), Path.of("/"));
    }
    return switch (exit.outcome()) {
      case MethodOutcome.Exited(int status) ->
          List.of(method + "exited with status " + status + ".");
      case MethodOutcome.Signaled(int signal, boolean _) ->
          List.of(method + "failed due to signal " + Signals.name(signal) + ".");
      case MethodOutcome.NotRun(String reason, boolean _) -> List.of(reason);
      case MethodOutcome.Unknown _ -> List.of(method + "ended while nobody watched it.");
    };
  }

  @Override
  public void contractEmptied(long contract) {
    if (ProbeRunner.isProbe(contract)) {
      removals.add(contract);
      return;
    }
    ContractUse use = undertakings.contract(contract);
    if (use != null) {
      lanes.add(use.instance(), () -> emptied(contract, use));
    }
  }

  private void emptied(long contract, ContractUse use) {
    boolean isTold = undertakings.contract(contract) != use; // one answer to several questions
    if (isTold || !contracts.get().isEmpty(contract)) {
      return; // when a process was born in it meanwhile, its end is another emptiness
    }
    channels.forget(contract);
    undertakings
        .forgetContract(contract)
        .ifPresent(run -> methodExited(run, unseen(contract, run), use));
    events.post(use.emptinessCause(), new Event.ContractEmptied(use.instance(), contract));
    removals.add(contract);
  }
}
