package bespoke.engine;

import bespoke.model.AuxiliaryState;
import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.RestartOn;
import bespoke.model.RuntimeState;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The adversarial world: at each step it offers everything that could happen next, and checks the
/// invariants of DESIGN 10 after each step that was chosen.
final class Adversary {
  private static final int QUIET_STEPS_MAX = 600;

  private final Map<InstanceFmri, InstanceDefinition> definitions = new LinkedHashMap<>();
  private final Map<InstanceFmri, EnabledSetting> settings = new LinkedHashMap<>();
  private final Map<InstanceFmri, InstanceState> states = new HashMap<>();
  private final Exclusions exclusions = new Exclusions(definitions, states);
  private final Map<InstanceFmri, Transition> last = new HashMap<>();
  private final Map<Long, RunningMethod> runs = new LinkedHashMap<>();
  private final Map<Long, Contract> contracts = new LinkedHashMap<>();
  private final Map<Long, Decision.ScheduleTimer> timers = new LinkedHashMap<>();
  private final Set<Event> answers = new LinkedHashSet<>();
  private Engine engine = new Engine();
  private final UnaryOperator<List<Decision>> fault;
  private final List<Envelope> history = new ArrayList<>();
  private final List<List<Decision>> decided = new ArrayList<>();
  private int adminActions;
  private int crashes;
  private long clock;

  private record RunningMethod(
      InstanceFmri instance, long contract, MethodKind kind, boolean service) {}

  private static final class Contract {
    final InstanceFmri instance;
    final MethodKind kind;
    boolean occupied = true;
    boolean ending;

    Contract(InstanceFmri instance, MethodKind kind) {
      this.instance = instance;
      this.kind = kind;
    }
  }

  /// @param believed what the specification goes by
  /// @param enabled which of them are enabled
  /// @param planted what the engine is told instead of each definition
  /// @param fault what the engine's decisions are replaced with
  Adversary(
      List<InstanceDefinition> believed,
      Function<InstanceFmri, Boolean> enabled,
      UnaryOperator<InstanceDefinition> planted,
      UnaryOperator<List<Decision>> fault) {
    this.fault = fault;
    List<Event.InstanceImport> imports = new ArrayList<>();
    for (InstanceDefinition definition : believed) {
      EnabledSetting setting = EnabledSetting.permanently(enabled.apply(definition.fmri()));
      definitions.put(definition.fmri(), definition);
      settings.put(definition.fmri(), setting);
      imports.add(new Event.InstanceImport(planted.apply(definition), setting, Optional.empty()));
    }
    step(new Event.DefinitionsImported(imports, List.of()));
  }

  /// Everything that could happen now, in a fixed order.
  List<Event> options() {
    List<Event> options = new ArrayList<>(answers);
    runs.forEach((run, process) -> {
      if (process.service()) {
        options.add(exited(run, process, new MethodOutcome.Exited(1)));
      } else {
        options.add(exited(run, process, new MethodOutcome.Exited(0)));
        options.add(exited(run, process, new MethodOutcome.Exited(1)));
        options.add(exited(run, process, new MethodOutcome.Exited(95)));
      }
    });
    contracts.forEach((id, contract) -> {
      if (contract.occupied && (contract.ending || isService(id, contract))) {
        options.add(new Event.ContractEmptied(contract.instance, id));
      }
    });
    timers.values().forEach(it -> options.add(new Event.TimerFired(it.instance(), it.timer())));
    for (InstanceFmri instance : definitions.keySet()) {
      boolean isEnabled = isWanted(instance);
      options.add(new Event.EnableRequested(instance, !isEnabled, false, ""));
      options.add(new Event.RestartRequested(instance, false));
      if (states.get(instance) == InstanceState.MAINTENANCE) {
        options.add(new Event.ClearRequested(instance));
      }
    }
    return options;
  }

  private boolean isService(long id, Contract contract) {
    return contract.kind == MethodKind.START
        && runs.values().stream().noneMatch(it -> it.contract() == id);
  }

  private static Event exited(long run, RunningMethod process, MethodOutcome outcome) {
    return new Event.MethodExited(process.instance(), run, outcome, OptionalInt.empty());
  }

  /// The daemon dies and the next one takes over: what the world had to say meanwhile is lost,
  /// timers too; processes live on. A method that ended while nobody looked ended nobody knows how.
  void crash() {
    List<Event.InstanceImport> imports = new ArrayList<>();
    for (InstanceStatus status : engine.statuses()) {
      imports.add(
          new Event.InstanceImport(
              status.definition(), status.enabled(), Optional.of(status.runtime())));
    }
    timers.clear();
    answers.clear();
    crashes++;
    engine = new Engine();
    for (Event.InstanceImport one : imports) {
      RuntimeState facts = one.restored().orElseThrow();
      boolean ended = facts.run() != 0 && !runs.containsKey(facts.run());
      RunningMethod known = runs.get(facts.run());
      if (known != null && known.service() && facts.startPid().isEmpty()) {
        answers.add(new Event.MethodStarted(one.definition().fmri(), facts.run(), facts.run()));
      }
      if (ended) {
        answers.add(
            new Event.MethodExited(
                one.definition().fmri(),
                facts.run(),
                new MethodOutcome.Unknown(),
                OptionalInt.empty()));
      }
      facts.contract().ifPresent(it -> reportIfEmpty(one.definition().fmri(), it));
    }
    step(new Event.DefinitionsImported(imports, List.of()));
  }

  private void reportIfEmpty(InstanceFmri instance, long id) {
    Contract contract = contracts.get(id);
    if (contract == null || !contract.occupied) {
      answers.add(new Event.ContractEmptied(instance, id));
    }
  }

  /// One thing happens.
  void step(Event event) {
    happen(event);
    clock += 50_000_000;
    Envelope envelope =
        new Envelope(
            history.size() + 1L,
            1_700_000_000_000L + clock / 1_000_000,
            clock,
            history.size(),
            Optional.empty(),
            event);
    history.add(envelope);
    List<Decision> decisions = fault.apply(engine.handle(envelope));
    decided.add(decisions);
    decisions.forEach(this::carryOut);
  }

  private void happen(Event event) {
    answers.remove(event);
    if (event instanceof Event.Requested) {
      adminActions++;
    }
    switch (event) {
      case Event.MethodExited exited -> {
        RunningMethod process = runs.remove(exited.run());
        if (process != null && process.service()) {
          end(process.contract());
        } else if (process != null && process.kind() != MethodKind.START) {
          emptied(process.contract());
          if (process.kind() == MethodKind.STOP) {
            contracts.values().stream()
                .filter(it -> it.instance.equals(process.instance()))
                .forEach(it -> it.ending = true);
          }
        }
      }
      case Event.ContractEmptied(_, long contract) -> emptied(contract);
      case Event.TimerFired(_, long timer) -> timers.remove(timer);
      case Event.DaemonStarted _,
          Event.DefinitionsImported _,
          Event.FileObserved _,
          Event.Requested _,
          Event.MethodStarted _,
          Event.MemberDied _,
          Event.ReadinessReported _,
          Event.StatusReported _,
          Event.WatchdogExpired _,
          Event.ProbeAnswered _,
          Event.RestarterConnected _,
          Event.RestarterDisconnected _,
          Event.RestarterReported _,
          Event.RemoteStateChanged _ -> {}
    }
  }

  private void emptied(long id) {
    Contract contract = contracts.get(id);
    if (contract != null) {
      contract.occupied = false;
    }
  }

  private void end(long id) {
    Contract contract = contracts.get(id);
    if (contract != null) {
      contract.ending = true;
    }
  }

  // --- carrying decisions out, and judging them

  private void carryOut(Decision decision) {
    switch (decision) {
      case Decision.RunMethod run -> run(run);
      case Decision.SignalContract(var instance, long contract, _, _) -> ending(instance, contract);
      case Decision.KillContract(var instance, long contract, _) -> {
        ending(instance, contract);
        for (var run : List.copyOf(runs.entrySet())) {
          if (run.getValue().contract() == contract) {
            runs.remove(run.getKey());
            answers.add(exited(run.getKey(), run.getValue(), new MethodOutcome.Signaled(9, false)));
          }
        }
      }
      case Decision.AwaitEmpty(var instance, long contract, _) -> {
        Contract known = contracts.get(contract);
        if (known == null || !known.occupied) {
          answers.add(new Event.ContractEmptied(instance, contract));
        }
      }
      case Decision.AbandonContract(_, long contract, _) -> contracts.remove(contract);
      case Decision.ScheduleTimer timer -> timers.put(timer.timer(), timer);
      case Decision.CancelTimer(_, long timer) -> timers.remove(timer);
      case Decision.RecordTransition(Transition transition) -> moved(transition);
      case Decision.RecordEnabled(var instance, var setting, _) -> settings.put(instance, setting);
      case Decision.WatchFile(FileFmri file, _) ->
          answers.add(new Event.FileObserved(file, true, false));
      case Decision.RunProbe _,
          Decision.RecordMilestone _,
          Decision.TakeStartSnapshot _,
          Decision.WriteLog _,
          Decision.WriteDaemonLog _,
          Decision.UnwatchFile _,
          Decision.SendToRestarter _,
          Decision.ForgetInstance _,
          Decision.CompleteShutdown _ -> {}
    }
  }

  private void ending(InstanceFmri instance, long id) {
    Contract contract = contracts.get(id);
    if (contract == null || !contract.occupied) {
      answers.add(new Event.ContractEmptied(instance, id));
    } else {
      contract.ending = true;
    }
  }

  private void run(Decision.RunMethod run) {
    require(
        runs.values().stream().noneMatch(it -> it.instance().equals(run.instance())),
        "two methods of " + run.instance() + " at a time");
    if (run.kind() == MethodKind.START) {
      require(
          oracle().total(run.instance()) == 1 || exclusions.isFirstOfTwo(run.instance()),
          run.instance() + " starts with an unmet dependency");
      EnabledSetting setting = settings.get(run.instance());
      require(setting != null && setting.effective(), run.instance() + " starts though disabled");
      contracts.forEach((id, contract) ->
          require(
              !contract.instance.equals(run.instance())
                  || contract.kind != MethodKind.START
                  || !contract.occupied,
              run.instance() + " starts while contract " + id + " lives"));
    }
    runs.put(
        run.run(), new RunningMethod(run.instance(), run.contract(), run.kind(), run.isService()));
    contracts.put(run.contract(), new Contract(run.instance(), run.kind()));
    if (run.isService()) {
      answers.add(new Event.MethodStarted(run.instance(), run.run(), run.run()));
    }
  }

  private void moved(Transition transition) {
    InstanceFmri instance = transition.instance();
    InstanceState from = transition.from();
    InstanceState to = transition.to();
    InstanceState believed = states.getOrDefault(instance, InstanceState.UNINITIALIZED);
    require(from == believed, instance + " left " + from + " but was " + believed);
    require(
        from == to || TransitionTable.allows(from, to),
        instance + " went from " + from + " to " + to);
    require(
        transition.cause() == history.size(), instance + " moved without a cause that is known");
    if (to.isRunning() && !from.isRunning()) {
      require(
          oracle().total(instance) == 1 || exclusions.isFirstOfTwo(instance),
          instance + " is " + to + " with an unmet dependency");
    }
    boolean isOrderly = transition.auxiliary() == AuxiliaryState.DISABLE_REQUEST;
    if (isOrderly && from.isRunning() && from == to && adminActions == 1 && crashes == 0) {
      requireDependentsDown(instance);
    }
    states.put(instance, to);
    last.put(instance, transition);
  }

  private void requireDependentsDown(InstanceFmri instance) {
    for (InstanceDefinition dependent : definitions.values()) {
      for (Dependency dependency : dependent.dependencies()) {
        boolean isOrdered =
            dependency.grouping() != Grouping.EXCLUDE_ALL
                && (dependency.restartOn() == RestartOn.RESTART
                    || dependency.restartOn() == RestartOn.REFRESH)
                && dependency.entities().contains(instance);
        InstanceState state = states.get(dependent.fmri());
        require(
            !isOrdered || state == null || !state.isRunning(),
            instance + " stops before its dependent " + dependent.fmri());
      }
    }
  }

  /// Everything that is under way ends well, until nothing is; then nobody may be stuck.
  void settle() {
    for (int i = 0; i < QUIET_STEPS_MAX; i++) {
      Event next = nextGood();
      if (next == null) {
        requireSettled();
        return;
      }
      step(next);
    }
    throw new AssertionError("it does not settle");
  }

  private @Nullable Event nextGood() {
    if (!answers.isEmpty()) {
      return answers.iterator().next();
    }
    for (var run : runs.entrySet()) {
      if (!run.getValue().service()) {
        return exited(run.getKey(), run.getValue(), new MethodOutcome.Exited(0));
      }
    }
    for (var contract : contracts.entrySet()) {
      if (contract.getValue().occupied && contract.getValue().ending) {
        return new Event.ContractEmptied(contract.getValue().instance, contract.getKey());
      }
    }
    for (Decision.ScheduleTimer timer : timers.values()) {
      return new Event.TimerFired(timer.instance(), timer.timer());
    }
    return null;
  }

  private void requireSettled() {
    require(engine.isSettled(), "something is under way for ever");
    for (InstanceFmri instance : definitions.keySet()) {
      InstanceState state = states.getOrDefault(instance, InstanceState.UNINITIALIZED);
      EnabledSetting setting = settings.get(instance);
      boolean isWanted = setting != null && setting.effective();
      Transition transition = last.get(instance);
      require(transition == null || transition.next() == null, instance + " is still moving");
      require(
          isWanted || state == InstanceState.DISABLED || state == InstanceState.MAINTENANCE,
          instance + " is " + state + " though disabled");
      require(
          !isWanted || state != InstanceState.DISABLED && state != InstanceState.UNINITIALIZED,
          instance + " is " + state + " though enabled");
      require(
          state != InstanceState.OFFLINE || oracle().total(instance) != 1,
          instance + " is offline for no reason");
      require(
          !state.isRunning() || !exclusions.isExcluded(instance),
          instance + " runs beside what it excludes");
    }
    contracts.forEach((id, contract) ->
        require(
            !contract.occupied
                || states.getOrDefault(contract.instance, InstanceState.OFFLINE).isRunning()
                || states.get(contract.instance) == InstanceState.MAINTENANCE,
            "contract " + id + " of " + contract.instance + " was left behind"));
  }

  private boolean isWanted(InstanceFmri instance) {
    EnabledSetting setting = settings.get(instance);
    return setting != null && setting.effective();
  }

  /// The same envelopes give another engine the same decisions.
  void requireReplayable() {
    Engine other = new Engine();
    for (int i = 0; i < history.size(); i++) {
      require(
          fault.apply(other.handle(history.get(i))).equals(decided.get(i)),
          "replay of event " + (i + 1) + " decides otherwise");
    }
  }

  List<Envelope> history() {
    return history;
  }

  private Oracle oracle() {
    return new Oracle(definitions, settings, states);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(
          new AdversaryStory(definitions, states, this::isWanted).of(otherwise, history));
    }
  }
}
