package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.restarter.Adoption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Processes and contracts as a kernel keeps them: they outlive the daemon, not the power. Judges
/// every order: a service that is started while it runs is written down as wrong.
final class ToyMachine implements EngineLoop.World, EngineLoop.Clock {
  private final Map<Long, ToyContract> contracts = new LinkedHashMap<>();
  private final Map<InstanceFmri, Integer> starts = new HashMap<>();
  private final List<String> wrongs = new ArrayList<>();
  private final Deque<Arrival> answers = new ArrayDeque<>();
  private final Map<Long, Timer> timers = new LinkedHashMap<>();
  private CrashPoints points = CrashPoints.none();
  private long nanos = 1_000_000_000L;
  private boolean isDown;

  private record Arrival(long cause, Event event) {}

  private record Timer(InstanceFmri instance, long dueNanos, long cause) {}

  private static final class ToyContract {
    final Decision.RunMethod made;
    boolean isMethodRunning = true;
    boolean isOccupied = true;
    boolean isAwaited;

    ToyContract(Decision.RunMethod made) {
      this.made = made;
    }
  }

  @Override
  public long epochMillis() {
    return 1_700_000_000_000L + nanos / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  // --- the daemon's life

  /// The daemon is gone: its timers and what it was to be told are lost.
  ///
  /// @param finish whether the methods that run end before the next daemon comes
  void daemonDied(boolean finish) {
    answers.clear();
    timers.clear();
    isDown = false;
    contracts.values().forEach(it -> it.isAwaited = false);
    if (finish) {
      contracts.forEach((_, contract) -> {
        if (contract.isMethodRunning && !contract.made.isService()) {
          end(contract);
        }
      });
    }
    points = CrashPoints.none();
  }

  /// All processes are gone.
  void powerCut() {
    daemonDied(false);
    contracts.clear();
    starts.clear();
  }

  void dieAt(CrashPoints chosen) {
    points = chosen;
  }

  /// What the restarter's `Adopter` does with contracts.
  void adopt(List<Adoption> adoptions) {
    Map<Long, ToyContract> unclaimed = new LinkedHashMap<>(contracts);
    for (Adoption adoption : adoptions) {
      unclaimed.remove(adoption.contract());
      ToyContract contract = contracts.get(adoption.contract());
      if (adoption.run().isPresent()) {
        report(adoption, adoption.run().getAsLong(), contract);
      }
      if (contract == null || !contract.isOccupied) {
        tell(adoption.cause(), new Event.ContractEmptied(adoption.instance(), adoption.contract()));
      } else {
        contract.isAwaited = true;
      }
    }
    unclaimed.forEach((id, contract) -> {
      if (contract.isOccupied) {
        wrongs.add("contract " + id + " of " + contract.made.instance() + " is an orphan");
      }
    });
  }

  private void report(Adoption adoption, long run, @Nullable ToyContract contract) {
    if (contract != null && contract.isMethodRunning && contract.made.run() == run) {
      if (adoption.kind() == MethodKind.START && adoption.pid().isEmpty()) {
        tell(adoption.cause(), new Event.MethodStarted(adoption.instance(), run, run));
      }
      return;
    }
    boolean isEmpty = contract == null || !contract.isOccupied;
    boolean mayNotHaveBegun =
        adoption.kind() == MethodKind.START
            && !adoption.isReady()
            && isEmpty
            && !(adoption.isService() && adoption.pid().isPresent());
    tell(
        adoption.cause(),
        new Event.MethodExited(
            adoption.instance(),
            run,
            mayNotHaveBegun
                ? new MethodOutcome.NotRun("the daemon ended meanwhile", true)
                : new MethodOutcome.Unknown(),
            OptionalInt.empty()));
  }

  // --- what happens next

  /// Lets the next thing happen: an answer, the end of a method, or else the next timer.
  ///
  /// @return false if nothing is left to happen
  boolean step(BiConsumer<Long, Event> report) {
    if (answers.isEmpty() && !endOneMethod() && !fireTimer()) {
      return false;
    }
    nanos += 1_000_000;
    Arrival next = answers.poll();
    report.accept(next.cause(), next.event());
    return true;
  }

  private boolean endOneMethod() {
    for (ToyContract contract : contracts.values()) {
      if (contract.isMethodRunning && !contract.made.isService()) {
        end(contract);
        tell(
            contract.made.cause(),
            new Event.MethodExited(
                contract.made.instance(),
                contract.made.run(),
                new MethodOutcome.Exited(0),
                OptionalInt.of(0)));
        return true;
      }
    }
    return false;
  }

  /// A start method leaves its service behind; a stop method ends that of its instance.
  private void end(ToyContract contract) {
    contract.isMethodRunning = false;
    boolean isTransient = contract.made.instance().service().startsWith("t/once");
    if (contract.made.kind() == MethodKind.START && !isTransient) {
      return;
    }
    empty(contract);
    if (contract.made.kind() == MethodKind.STOP) {
      contract.made.primary().ifPresent(it -> empty(contracts.get(it)));
    }
  }

  private void empty(@Nullable ToyContract contract) {
    if (contract == null || !contract.isOccupied) {
      return;
    }
    contract.isOccupied = false;
    contract.isMethodRunning = false;
    if (contract.isAwaited) {
      contract.isAwaited = false;
      tell(
          contract.made.cause(),
          new Event.ContractEmptied(contract.made.instance(), contract.made.contract()));
    }
  }

  private boolean fireTimer() {
    Optional<Map.Entry<Long, Timer>> next =
        timers.entrySet().stream()
            .min((a, b) -> Long.compare(a.getValue().dueNanos(), b.getValue().dueNanos()));
    if (next.isEmpty()) {
      return false;
    }
    Timer timer = next.get().getValue();
    timers.remove(next.get().getKey());
    nanos = Math.max(nanos, timer.dueNanos());
    tell(timer.cause(), new Event.TimerFired(timer.instance(), next.get().getKey()));
    return true;
  }

  private void tell(long cause, Event event) {
    answers.add(new Arrival(cause, event));
  }

  /// A process dies by itself: a root of what follows.
  void processDies(InstanceFmri instance) {
    contracts.values().stream()
        .filter(it -> it.made.instance().equals(instance) && it.isOccupied)
        .filter(it -> it.made.kind() == MethodKind.START && !it.isMethodRunning)
        .toList()
        .forEach(it -> {
          it.isOccupied = false;
          tell(0, new Event.ContractEmptied(instance, it.made.contract()));
        });
  }

  // --- orders

  @Override
  public void carryOut(List<Decision> decisions) {
    for (Decision decision : decisions) {
      points.reach("before " + decision.getClass().getSimpleName());
      carryOut(decision);
    }
    points.reach("all carried out");
  }

  private void carryOut(Decision decision) {
    switch (decision) {
      case Decision.RunMethod run -> run(run);
      case Decision.SignalContract(_, long contract, _, long cause) -> end(contract, cause);
      case Decision.KillContract(_, long contract, long cause) -> kill(contract, cause);
      case Decision.AwaitEmpty(var instance, long contract, long cause) ->
          await(instance, contract, cause);
      case Decision.ScheduleTimer timer ->
          timers.put(
              timer.timer(),
              new Timer(timer.instance(), nanos + timer.delay().toNanos(), timer.cause()));
      case Decision.CancelTimer(_, long timer) -> timers.remove(timer);
      case Decision.AbandonContract(_, long contract, _) -> contracts.remove(contract);
      case Decision.WatchFile(var file, long cause) ->
          tell(cause, new Event.FileObserved(file, true, false));
      case Decision.CompleteShutdown _ -> isDown = true;
      case Decision.RunProbe _,
          Decision.RecordTransition _,
          Decision.RecordEnabled _,
          Decision.RecordMilestone _,
          Decision.TakeStartSnapshot _,
          Decision.WriteLog _,
          Decision.WriteDaemonLog _,
          Decision.UnwatchFile _,
          Decision.SendToRestarter _,
          Decision.ForgetInstance _ -> {}
    }
  }

  private void run(Decision.RunMethod run) {
    if (run.kind() == MethodKind.START) {
      starts.merge(run.instance(), 1, Integer::sum);
      contracts.values().stream()
          .filter(it -> it.isOccupied && it.made.instance().equals(run.instance()))
          .forEach(it -> wrongs.add(run.instance() + " is started while it runs"));
    }
    contracts.put(run.contract(), new ToyContract(run));
    if (run.isService()) {
      tell(run.cause(), new Event.MethodStarted(run.instance(), run.run(), run.run()));
    }
  }

  private void end(long id, long cause) {
    ToyContract contract = contracts.get(id);
    if (contract == null || !contract.isOccupied) {
      return;
    }
    if (contract.isMethodRunning) {
      contract.isMethodRunning = false;
      tell(
          cause,
          new Event.MethodExited(
              contract.made.instance(),
              contract.made.run(),
              new MethodOutcome.Signaled(15, false),
              OptionalInt.of(15)));
    }
    empty(contract);
  }

  private void kill(long id, long cause) {
    ToyContract contract = contracts.get(id);
    if (contract != null) {
      contract.isAwaited |= contract.isOccupied;
      boolean wasOccupied = contract.isOccupied;
      end(id, cause);
      if (!wasOccupied) {
        tell(cause, new Event.ContractEmptied(contract.made.instance(), id));
      }
    }
  }

  private void await(InstanceFmri instance, long id, long cause) {
    ToyContract contract = contracts.get(id);
    if (contract == null || !contract.isOccupied) {
      tell(cause, new Event.ContractEmptied(instance, id));
    } else {
      contract.isAwaited = true;
    }
  }

  // --- what a judge asks

  /// The contracts with processes.
  Map<Long, InstanceFmri> occupied() {
    Map<Long, InstanceFmri> occupied = new LinkedHashMap<>();
    contracts.forEach((id, contract) -> {
      if (contract.isOccupied) {
        occupied.put(id, contract.made.instance());
      }
    });
    return occupied;
  }

  /// How many times the start method was run since the power came.
  int starts(InstanceFmri instance) {
    return starts.getOrDefault(instance, 0);
  }

  List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  boolean isDown() {
    return isDown;
  }
}
