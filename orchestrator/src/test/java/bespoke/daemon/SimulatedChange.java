package bespoke.daemon;

import bespoke.api.SourceText;
import bespoke.change.ChangeMachine;
import bespoke.change.Condition;
import bespoke.change.Fact;
import bespoke.change.Order;
import bespoke.change.Standing;
import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodOutcome;
import bespoke.model.PropertyGroups;
import bespoke.model.Severity;
import bespoke.model.Transition;
import bespoke.plan.Behaviour;
import bespoke.plan.Durations;
import bespoke.plan.Obstacles;
import bespoke.plan.Plan;
import bespoke.plan.Simulation;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.RootLock;
import bespoke.repository.SnapshotName;
import bespoke.repository.StoredInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// A change with the real repository, the real carrier and the real engine in the simulated world,
/// whose daemon can be killed before or after any order.
///
/// A service with `config/broken: true` fails its start method.
final class SimulatedChange implements AutoCloseable, ChangeCarrier.Ground {
  private static final int STEPS_MAX = 100_000;

  private final RootLock lock;
  private final Repository repository;
  private final Path changes;
  private final Simulation simulation;
  private KnownDefinitions definitions;
  private final EngineLoop.Clock clock =
      new EngineLoop.Clock() {
        @Override
        public long epochMillis() {
          return 1_000_000;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };
  private final Deque<Fact> happened = new ArrayDeque<>();
  final List<Order> orders = new ArrayList<>();
  private int budget = Integer.MAX_VALUE;

  /// The daemon was killed.
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  SimulatedChange(Path root) throws IOException {
    lock = RootLock.acquire(root);
    repository = Repository.open(lock);
    changes = root.resolve("changes");
    definitions = known();
    simulation = new Simulation(new Engine(), 0, 0, this::behaviour, _ -> false);
    simulation.observe(this::decided);
    simulation.witness(envelope -> {
      if (envelope.event() instanceof Event.ProbeAnswered probe) {
        happened.add(new Fact.MonitorAnswered(probe.instance(), probe.well(), probe.detail()));
      }
    });
  }

  private KnownDefinitions known() {
    return new KnownDefinitions(CompletableFuture.completedFuture(repository), (_, _) -> {});
  }

  private Behaviour behaviour(InstanceFmri instance) {
    try {
      return repository.running(instance).single("config", "broken").orElse("").equals("true")
          ? Behaviour.INSTANT.startEnding(new MethodOutcome.Exited(95))
          : Behaviour.INSTANT;
    } catch (RepositoryException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void decided(Decision decision) {
    if (decision instanceof Decision.TakeStartSnapshot(InstanceFmri instance, _)) {
      try {
        repository.takeStartSnapshots(List.of(instance));
      } catch (RepositoryException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (decision instanceof Decision.RecordTransition(Transition it)) {
      if (it.severity() == Severity.REFRESH && !it.changesState() && it.next() == null) {
        happened.add(new Fact.Refreshed(it.instance()));
      }
      boolean isEnabled =
          status(it.instance()).map(status -> status.enabled().effective()).orElse(false);
      happened.add(new Fact.Moved(it.instance(), Condition.after(it, isEnabled)));
      if (ChangeRun.isRest(it)) {
        happened.add(new Fact.CameToRest(it.instance()));
      }
    }
  }

  // --- the ground

  @Override
  public void tell(Event event) {
    simulation.happen(event, Optional.empty());
  }

  @Override
  public Map<InstanceFmri, InstanceStatus> look(Set<InstanceFmri> instances) {
    happened.clear();
    Map<InstanceFmri, InstanceStatus> found = new LinkedHashMap<>();
    instances.forEach(it -> status(it).ifPresent(status -> found.put(it, status)));
    return found;
  }

  @Override
  public Optional<InstanceStatus> status(InstanceFmri instance) {
    return simulation.engine().status(instance);
  }

  @Override
  public String obstacle(InstanceFmri instance) {
    return Obstacles.forGood(instance, simulation.engine());
  }

  // --- before

  /// Imports manifests as the daemon's start does, and lets everything come up.
  void boot(String manifests) throws IOException {
    ChangeFiles files = ChangeFiles.read(List.of(new SourceText("before.yaml", manifests)));
    ServiceImport.Result result = imports().importServices(files.services(), files.options(), true);
    tell(new Event.DefinitionsImported(result.imports(), List.of()));
    settle();
  }

  private ServiceImport imports() {
    return new ServiceImport(repository, definitions, _ -> List.of());
  }

  private void settle() {
    for (int i = 0; i < STEPS_MAX && !isStill(); i++) {
      simulation.step();
    }
  }

  private boolean isStill() {
    return simulation.pending() == 0 || simulation.engine().isSettled() && simulation.isQuiet();
  }

  // --- the change

  /// Works a change out.
  ChangeEntry entry(String manifests) throws IOException {
    ChangeFiles files = ChangeFiles.read(List.of(new SourceText("after.yaml", manifests)));
    ServiceImport.Prepared prepared = imports().prepareImport(files.services(), files.options());
    ChangeDrafting.Draft draft =
        new ChangeDrafting(repository, definitions, simulation.engine().statuses()).draft(prepared);
    if (draft.isRefused() || !files.problems().isEmpty()) {
      throw new IOException(draft.report().problems() + " " + files.problems());
    }
    return new ChangeEntry(
        1,
        new ChangeEntry.Asked("import", "anna", "svccfg", "", 0, 1),
        draft.content(),
        Standing.APPLYING,
        "",
        0,
        0);
  }

  /// What is told of a change before it is made.
  record Foreseen(Plan plan, String failure) {}

  /// Foresees a change, from this moment.
  Foreseen foreseen(ChangeEntry entry) throws IOException {
    Durations atOnce =
        _ -> new Durations.Expected(Duration.ZERO, Duration.ZERO, Duration.ZERO, true);
    try (Repository rehearsal = repository.rehearsal()) {
      ForeseenChange change =
          new ForeseenChange(entry, new Fact.Began(), rehearsal, definitions.on(rehearsal), clock);
      Plan plan = Plan.of(simulation.present(), change, atOnce, _ -> false);
      return new Foreseen(plan, change.failure());
    }
  }

  /// Every transition so far.
  List<Transition> transitions() {
    return simulation.transitions();
  }

  /// Makes it, with a daemon that dies when it has carried out so many orders, or never.
  ///
  /// @return whether it lived
  boolean run(ChangeEntry entry, Fact first, int ordersMax) throws IOException {
    budget = ordersMax;
    ChangeStore store = ChangeStore.open(changes, (_, _) -> {});
    ChangeCarrier carrier =
        new ChangeCarrier(repository, definitions, this, store::put, clock, entry);
    ChangeMachine machine =
        new ChangeMachine(entry.content().members(), entry.content().ranBefore());
    try {
      handle(machine, carrier, first);
      for (int i = 0; i < STEPS_MAX && !machine.standing().isEnd(); i++) {
        step(machine, carrier);
      }
      return true;
    } catch (Killed killed) {
      return false;
    }
  }

  private void step(ChangeMachine machine, ChangeCarrier carrier) throws IOException {
    if (!happened.isEmpty()) {
      handle(machine, carrier, happened.remove());
    } else if (simulation.pending() > 0) {
      simulation.step();
    } else {
      Order.AwaitHealth last = null;
      for (Order order : orders) {
        last = order instanceof Order.AwaitHealth health ? health : last;
      }
      handle(machine, carrier, new Fact.PatienceEnded(last == null ? 0 : last.number()));
    }
  }

  private void handle(ChangeMachine machine, ChangeCarrier carrier, Fact first) throws IOException {
    Deque<Fact> facts = new ArrayDeque<>(List.of(first));
    while (!facts.isEmpty()) {
      for (Order order : machine.handle(facts.remove())) {
        if (budget-- <= 0) {
          throw new Killed();
        }
        orders.add(order);
        facts.addAll(carrier.carryOut(order));
      }
    }
  }

  /// What is left for the next daemon: every definition is read anew, the processes are adopted.
  Optional<ChangeEntry> nextDaemon() throws IOException {
    happened.clear();
    definitions = known();
    List<Event.InstanceImport> all = new ArrayList<>();
    Set<InstanceFmri> gone = new LinkedHashSet<>();
    simulation.engine().statuses().forEach(status -> gone.add(status.fmri()));
    for (InstanceFmri instance : repository.instances()) {
      StoredInstance stored = repository.instance(instance).orElseThrow();
      definitions.put(definitions.read(instance, stored.running(), stored.origin()));
      all.add(
          new Event.InstanceImport(
              definitions.definition(instance).orElseThrow(), stored.enabled(), Optional.empty()));
      gone.remove(instance);
    }
    tell(new Event.DefinitionsImported(all, List.copyOf(gone)));
    for (int i = 0; i < gone.hashCode() % 3; i++) { // some time passes before it goes on
      simulation.step();
    }
    return ChangeStore.open(changes, (_, _) -> {}).unfinished().map(ChangeEntry::died);
  }

  /// How the last change stands.
  Optional<ChangeEntry> last() throws IOException {
    return ChangeStore.open(changes, (_, _) -> {}).all().values().stream().findFirst();
  }

  // --- what is seen

  /// Every instance with its state, its configuration, and with which one it was started.
  Map<String, String> everything() throws IOException {
    settle();
    Map<String, String> all = new TreeMap<>();
    for (InstanceStatus status : simulation.engine().statuses()) {
      InstanceFmri instance = status.fmri();
      PropertyGroups started =
          repository
              .snapshot(instance, SnapshotName.START)
              .orElseThrow(() -> new IOException(instance + " was never started"))
              .composed();
      all.put(
          instance.toString(),
          status.runtime().state()
              + " "
              + repository.editing(instance).single("config", "version").orElse("none")
              + " in force "
              + repository.running(instance).single("config", "version").orElse("none")
              + " started with "
              + started.single("config", "version").orElse("none"));
    }
    return all;
  }

  /// How often each instance was started.
  long starts(InstanceFmri instance) {
    return simulation.transitions().stream()
        .filter(it -> it.instance().equals(instance))
        .filter(it -> !it.from().isRunning() && it.to().isRunning())
        .count();
  }

  @Override
  public void close() throws IOException {
    repository.close();
    lock.close();
  }
}
