package bespoke.plan;

import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.engine.Undertaking;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Answers decisions as services of a given [Behaviour] would, on the virtual clock of a
/// [Schedule].
public final class SimulatedWorld {
  private static final int SIGKILL = 9;
  private static final Set<String> ENDING_SIGNALS = Set.of("TERM", "KILL", "INT", "QUIT", "ABRT");

  private final Schedule schedule;
  private final Function<InstanceFmri, Behaviour> behaviours;
  private final Predicate<FileFmri> exists;
  private final Map<Long, SimulatedContract> contracts = new LinkedHashMap<>();
  private final Map<Long, SimulatedContract> byRun = new HashMap<>();
  private final SimulatedRestarters restarters;
  private final Set<Long> cancelled = new HashSet<>();
  private Predicate<Decision.RunProbe> answers = _ -> true;

  /// @param schedule where answers are put
  /// @param behaviours asked anew at every method run
  /// @param exists which files there are
  public SimulatedWorld(
      Schedule schedule, Function<InstanceFmri, Behaviour> behaviours, Predicate<FileFmri> exists) {
    this.schedule = schedule;
    this.behaviours = behaviours;
    this.exists = exists;
    this.restarters = new SimulatedRestarters(schedule, behaviours);
  }

  /// Where a world's answers go.
  public interface Schedule {
    /// The event happens after the delay, caused by the given event.
    void after(Duration delay, long cause, Event event);
  }

  /// From now on probes are answered well or not as this says; until then all are answered well.
  public void answerProbes(Predicate<Decision.RunProbe> wellness) {
    answers = wellness;
  }

  /// There is a contract with processes in it from before.
  ///
  /// @param run the method run under way in it, or 0
  public void holds(InstanceFmri instance, long contract, long run) {
    put(new SimulatedContract(instance, contract, run, true));
  }

  private void put(SimulatedContract contract) {
    contracts.put(contract.id(), contract);
    if (contract.run() != 0) {
      byRun.put(contract.run(), contract);
    }
  }

  /// Whether something was promised of which the engine does not know that it waits for it.
  public boolean isBusy() {
    return restarters.isBusy();
  }

  /// Carries one decision out.
  public void carryOut(Decision decision) {
    switch (decision) {
      case Decision.RunMethod run -> run(run);
      case Decision.SignalContract signal -> signal(signal);
      case Decision.KillContract(var instance, long contract, long cause) ->
          kill(instance, contract, cause);
      case Decision.AwaitEmpty(var instance, long contract, long cause) ->
          awaitEmpty(instance, contract, cause);
      case Decision.AbandonContract(_, long contract, _) -> contracts.remove(contract);
      case Decision.RunProbe probe -> {
        boolean isWell = answers.test(probe);
        String detail = isWell ? "" : "the scenario says so";
        now(probe.cause(), new Event.ProbeAnswered(probe.instance(), probe.run(), isWell, detail));
      }
      case Decision.ScheduleTimer timer ->
          schedule.after(
              timer.delay(), timer.cause(), new Event.TimerFired(timer.instance(), timer.timer()));
      case Decision.CancelTimer(_, long timer) -> cancelled.add(timer);
      case Decision.WatchFile(var file, long cause) ->
          now(cause, new Event.FileObserved(file, exists.test(file), false));
      case Decision.RecordTransition(Transition transition) -> restarters.moved(transition);
      case Decision.SendToRestarter order -> restarters.ordered(order);
      case Decision.RecordEnabled _,
          Decision.RecordMilestone _,
          Decision.TakeStartSnapshot _,
          Decision.WriteLog _,
          Decision.WriteDaemonLog _,
          Decision.UnwatchFile _,
          Decision.ForgetInstance _,
          Decision.CompleteShutdown _ -> {}
    }
  }

  /// Whether an event that was scheduled is still to happen: a cancelled timer is not, nor the end
  /// or the beginning of a method that was killed, nor what a restarter was kept from.
  public boolean isDue(Event event) {
    return switch (event) {
      case Event.TimerFired(_, long timer) -> !cancelled.remove(timer);
      case Event.MethodExited(_, long run, _, _) -> isRunning(run);
      case Event.MethodStarted(_, long run, _) -> isRunning(run);
      case Event.RestarterReported report -> restarters.isDue(report);
      case Event _ -> true;
    };
  }

  /// What happened is true from now on.
  public void happened(Event event) {
    switch (event) {
      case Event.MethodExited(_, long run, MethodOutcome outcome, _) -> {
        SimulatedContract contract = byRun.remove(run);
        if (contract != null) {
          contract.methodEnded(run, outcome);
        }
      }
      case Event.ContractEmptied(_, long contract) -> contracts.remove(contract);
      case Event.RestarterReported report -> restarters.happened(report);
      case Event.DefinitionsImported imported ->
          imported
              .imports()
              .forEach(it ->
                  it.definition()
                      .restarter()
                      .ifPresent(restarter -> restarters.know(it.definition().fmri(), restarter)));
      case Event _ -> {}
    }
  }

  /// All processes of an instance die at once, as by `kill -9` from outside.
  ///
  /// @return whether it had any
  public boolean processesDie(InstanceFmri instance) {
    boolean any = restarters.die(instance);
    for (SimulatedContract contract : List.copyOf(contracts.values())) {
      if (contract.instance().equals(instance) && contract.isLive()) {
        processesDie(contract.id());
        any = true;
      }
    }
    return any;
  }

  /// Goes on with an instance that a delegated restarter runs in another world.
  void resume(InstanceStatus status) {
    restarters.resume(status);
  }

  /// The contracts with processes in them.
  public Map<Long, SimulatedContract> liveContracts() {
    Map<Long, SimulatedContract> live = new LinkedHashMap<>(contracts);
    live.values().removeIf(it -> !it.isLive());
    return live;
  }

  /// All processes of a contract die at once, as by `kill -9` from outside.
  public void processesDie(long contract) {
    SimulatedContract dead = contracts.get(contract);
    if (dead != null) {
      Event.MemberDied death =
          new Event.MemberDied(dead.instance(), contract, 1, SIGKILL, false, false);
      now(0, death);
      kill(dead.instance(), contract, 0);
    }
  }

  private boolean isRunning(long run) {
    SimulatedContract contract = byRun.get(run);
    return contract != null && contract.isRunning(run) && contracts.get(contract.id()) == contract;
  }

  private void now(long cause, Event event) {
    schedule.after(Duration.ZERO, cause, event);
  }

  private void run(Decision.RunMethod run) {
    Behaviour behaviour = behaviours.apply(run.instance());
    boolean isStart = run.kind() == MethodKind.START;
    MethodOutcome outcome = isStart ? behaviour.startOutcome() : behaviour.methodOutcome();
    if (outcome instanceof MethodOutcome.NotRun) {
      now(run.cause(), exited(run.instance(), run.run(), outcome));
      put(new SimulatedContract(run.instance(), run.contract(), run.run(), false));
      return;
    }
    boolean leaves = isStart && behaviour.leavesProcesses();
    if (run.kind() == MethodKind.STOP && run.primary().isPresent()) {
      SimulatedContract primary = contracts.get(run.primary().getAsLong());
      if (primary != null) {
        primary.ask();
      }
    }
    put(new SimulatedContract(run.instance(), run.contract(), run.run(), leaves));
    Duration duration = isStart ? behaviour.start() : behaviour.method();
    boolean isGood = outcome instanceof MethodOutcome.Exited(int status) && status == 0;
    // One that is its own method is online as soon as it runs, unless it says more later.
    boolean startsLate = run.isService() && isGood && !behaviour.notifies();
    schedule.after(
        startsLate ? duration : Duration.ZERO,
        run.cause(),
        new Event.MethodStarted(run.instance(), run.run(), run.run()));
    if (!run.isService() || !isGood) {
      schedule.after(duration, run.cause(), exited(run.instance(), run.run(), outcome));
      if (!leaves) {
        schedule.after(
            duration, run.cause(), new Event.ContractEmptied(run.instance(), run.contract()));
      }
    }
    if (isStart && behaviour.notifies() && isGood) {
      schedule.after(
          duration, run.cause(), new Event.ReadinessReported(run.instance(), run.contract()));
    }
  }

  /// Goes on with what is under way in another world: its contracts are here, too, and what it owes
  /// is owed here after what is left of the predicted time.
  void resume(Undertaking undertaking) {
    InstanceFmri instance = undertaking.instance();
    Behaviour behaviour = behaviours.apply(instance);
    Optional<MethodKind> method = undertaking.stage().method();
    boolean isOwn = method.isEmpty() || method.get() == MethodKind.START;
    if (undertaking.contract() != 0) {
      boolean processes =
          undertaking.isLive() && (method.isEmpty() || !isOwn || behaviour.leavesProcesses());
      SimulatedContract contract =
          new SimulatedContract(
              instance,
              undertaking.contract(),
              isOwn ? undertaking.run() : undertaking.serviceRun(),
              processes);
      put(contract);
      if (undertaking.stage() == Undertaking.Stage.STOP) {
        contract.ask();
      }
    }
    if (!isOwn) {
      put(new SimulatedContract(instance, undertaking.methodContract(), undertaking.run(), false));
    }
    owe(undertaking, behaviour);
    for (Undertaking.Timer timer : undertaking.timers()) {
      schedule.after(timer.left(), 0, new Event.TimerFired(instance, timer.number()));
    }
  }

  private void owe(Undertaking undertaking, Behaviour behaviour) {
    InstanceFmri instance = undertaking.instance();
    switch (undertaking.stage()) {
      case NONE -> {}
      case START -> oweStart(undertaking, behaviour);
      case READINESS -> {
        if (undertaking.probeRun() != 0) {
          now(0, new Event.ProbeAnswered(instance, undertaking.probeRun(), true, ""));
        } else if (behaviour.notifies()) {
          Event ready = new Event.ReadinessReported(instance, undertaking.contract());
          schedule.after(left(behaviour.start(), undertaking), 0, ready);
        }
      }
      case STOP, REFRESH -> {
        Duration left = left(behaviour.method(), undertaking);
        schedule.after(left, 0, exited(instance, undertaking.run(), behaviour.methodOutcome()));
        schedule.after(left, 0, new Event.ContractEmptied(instance, undertaking.methodContract()));
      }
      case ENDING -> {
        SimulatedContract contract = contracts.get(undertaking.contract());
        if (contract != null && !behaviour.stop().isNegative()) {
          end(contract, left(behaviour.stop(), undertaking), 0);
        }
      }
      case KILLED -> kill(instance, undertaking.contract(), 0);
    }
  }

  private void oweStart(Undertaking undertaking, Behaviour behaviour) {
    InstanceFmri instance = undertaking.instance();
    Duration left = left(behaviour.start(), undertaking);
    if (!undertaking.isStarted()) {
      boolean startsLate = undertaking.isService() && behaviour.starts() && !behaviour.notifies();
      schedule.after(
          startsLate ? left : Duration.ZERO,
          0,
          new Event.MethodStarted(instance, undertaking.run(), undertaking.run()));
    }
    if (!undertaking.isService() || !behaviour.starts()) {
      schedule.after(left, 0, exited(instance, undertaking.run(), behaviour.startOutcome()));
      if (!behaviour.leavesProcesses()) {
        schedule.after(left, 0, new Event.ContractEmptied(instance, undertaking.contract()));
      }
    }
    if (behaviour.notifies() && behaviour.starts()) {
      schedule.after(left, 0, new Event.ReadinessReported(instance, undertaking.contract()));
    }
  }

  private static Duration left(Duration whole, Undertaking undertaking) {
    Duration left = whole.minus(undertaking.elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Event.MethodExited exited(InstanceFmri instance, long run, MethodOutcome outcome) {
    OptionalInt status =
        switch (outcome) {
          case MethodOutcome.Exited(int code) -> OptionalInt.of(code << 8);
          case MethodOutcome.Signaled(int signal, boolean core) ->
              OptionalInt.of(signal | (core ? 0x80 : 0));
          case MethodOutcome.NotRun _, MethodOutcome.Unknown _ -> OptionalInt.empty();
        };
    return new Event.MethodExited(instance, run, outcome, status);
  }

  private void signal(Decision.SignalContract signal) {
    SimulatedContract contract = contracts.get(signal.contract());
    if (contract == null) {
      now(signal.cause(), new Event.ContractEmptied(signal.instance(), signal.contract()));
      return;
    }
    boolean ends = ENDING_SIGNALS.contains(signal.signal());
    Duration stop = behaviours.apply(signal.instance()).stop();
    if (ends && !stop.isNegative()) {
      end(contract, stop, signal.cause());
    }
  }

  private void kill(InstanceFmri instance, long id, long cause) {
    SimulatedContract contract = contracts.get(id);
    if (contract == null) {
      now(cause, new Event.ContractEmptied(instance, id));
    } else {
      end(contract, Duration.ZERO, cause);
    }
  }

  private void end(SimulatedContract contract, Duration delay, long cause) {
    if (contract.run() != 0) {
      schedule.after(
          delay,
          cause,
          exited(contract.instance(), contract.run(), new MethodOutcome.Signaled(SIGKILL, false)));
    }
    schedule.after(delay, cause, new Event.ContractEmptied(contract.instance(), contract.id()));
  }

  private void awaitEmpty(InstanceFmri instance, long id, long cause) {
    SimulatedContract contract = contracts.get(id);
    if (contract == null || !contract.isLive()) {
      now(cause, new Event.ContractEmptied(instance, id));
      return;
    }
    boolean isStopping = contract.wasAsked();
    Duration stop = behaviours.apply(instance).stop();
    if (isStopping && !stop.isNegative()) {
      end(contract, stop, cause);
    }
  }
}
