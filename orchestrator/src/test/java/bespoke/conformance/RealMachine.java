package bespoke.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.contract.ContractsOpening;
import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Manifests;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodKind;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceFmri;
import bespoke.model.Transition;
import bespoke.model.definition.Definitions;
import bespoke.os.Poller;
import bespoke.restarter.Configuration;
import bespoke.restarter.DaemonLog;
import bespoke.restarter.RealWorld;
import bespoke.restarter.RestarterSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// The engine in the real world: real processes, real contracts, a repository in memory. Closing it
/// kills what runs.
final class RealMachine implements AutoCloseable, Configuration {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private record Arrived(long cause, Event event) {}

  private final Path root;
  private final Engine engine = new Engine();
  private final Poller poller = new Poller();
  private final RealWorld world;
  private final BlockingQueue<Arrived> inbox = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final Map<InstanceFmri, InstanceDefinition> definitions = new ConcurrentHashMap<>();
  private final Map<InstanceFmri, PropertyGroups> groups = new ConcurrentHashMap<>();
  private final Map<InstanceFmri, InstanceStatus> statuses = new LinkedHashMap<>();
  private final List<Transition> transitions = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private long lastEvent;

  RealMachine(Path root) {
    this.root = root;
    RestarterSettings settings = RestarterSettings.under(root, List.of());
    world =
        new RealWorld(
            settings,
            this,
            (cause, event) -> inbox.add(new Arrived(cause, event)),
            new DaemonLog(settings, Clock.systemUTC(), new PrintStream(System.err)),
            Clock.systemUTC(),
            poller,
            listener ->
                new ContractsOpening(root, ContractsOpening.Choice.BEST, listener).open(poller));
    thread = Thread.ofPlatform().daemon().name("engine").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        handle(inbox.take());
      }
    } catch (InterruptedException closed) {
      // the test is over
    }
  }

  private synchronized void handle(Arrived arrived) {
    List<Decision> decided =
        engine.handle(
            new Envelope(
                ++lastEvent,
                System.currentTimeMillis(),
                System.nanoTime(),
                arrived.cause,
                Optional.empty(),
                arrived.event));
    decisions.addAll(decided);
    for (Decision decision : decided) {
      if (decision instanceof Decision.RecordTransition(Transition transition)) {
        transitions.add(transition);
      }
    }
    world.carryOut(decided);
    engine.takeTouched().forEach(status -> statuses.put(status.fmri(), status));
    notifyAll();
  }

  // --- configuration

  /// Imports services as a person writes them.
  RealMachine load(String yaml) {
    ManifestFile file = Manifests.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(file.problems()).isEmpty();
    List<Event.InstanceImport> imports = new ArrayList<>();
    for (ServiceDescription service : file.services()) {
      for (ServiceDescription.InstanceDescription instance : service.instances()) {
        InstanceFmri fmri = service.fmri().instance(instance.name());
        PropertyGroups composed = service.groups().overriddenBy(instance.groups());
        InstanceDefinition definition = new Definitions().read(fmri, composed, instance.origin());
        definitions.put(fmri, definition);
        groups.put(fmri, composed);
        imports.add(
            new Event.InstanceImport(
                definition,
                new EnabledSetting(instance.enabled(), Optional.empty(), ""),
                Optional.empty()));
      }
    }
    happen(new Event.DefinitionsImported(imports, List.of()));
    return this;
  }

  @Override
  public Optional<InstanceDefinition> definition(InstanceFmri instance) {
    return Optional.ofNullable(definitions.get(instance));
  }

  @Override
  public Optional<PropertyGroups> running(InstanceFmri instance) {
    return Optional.ofNullable(groups.get(instance));
  }

  @Override
  public Optional<PropertyGroups> editing(InstanceFmri instance) {
    return Optional.empty();
  }

  @Override
  public Optional<PropertyGroups> service(ServiceFmri service) {
    return Optional.empty();
  }

  // --- what happens

  void happen(Event event) {
    inbox.add(new Arrived(0, event));
  }

  void enable(String name, boolean enabled) {
    happen(new Event.EnableRequested(fmri(name), enabled, false, ""));
  }

  void restart(String name) {
    happen(new Event.RestartRequested(fmri(name), false));
  }

  void refresh(String name) {
    happen(
        new Event.RefreshRequested(
            fmri(name), Objects.requireNonNull(definitions.get(fmri(name)))));
  }

  void clear(String name) {
    happen(new Event.ClearRequested(fmri(name)));
  }

  static InstanceFmri fmri(String name) {
    return InstanceFmri.parse("t/" + name);
  }

  // --- what is

  /// Waits until an instance rests in a state.
  InstanceStatus await(String name, InstanceState state) {
    return await(
        name, status -> status.runtime().state() == state && status.runtime().next() == null);
  }

  synchronized InstanceStatus await(String name, Predicate<InstanceStatus> fits) {
    awaiting(
        () -> {
          InstanceStatus status = statuses.get(fmri(name));
          return status != null && fits.test(status);
        },
        name);
    return Objects.requireNonNull(statuses.get(fmri(name)));
  }

  /// Waits until an instance has come into a state so many times.
  synchronized void awaitTimes(String name, InstanceState state, int times) {
    awaiting(
        () ->
            transitions.stream()
                    .filter(it -> it.instance().equals(fmri(name)))
                    .filter(it -> it.changesState() && it.to() == state)
                    .count()
                >= times,
        name);
  }

  /// Waits until the log of an instance holds a line.
  void awaitLog(String name, String message) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!log(name).contains(message)) {
      assertThat(System.nanoTime()).as("%s in %s", message, log(name)).isLessThan(end);
      LockSupport.parkNanos(2_000_000);
    }
  }

  /// Waits for something that no transition tells of.
  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private void awaiting(BooleanSupplier condition, String name) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long leftMillis = (end - System.nanoTime()) / 1_000_000;
      assertThat(leftMillis)
          .as("%s: %s\n%s", statuses.get(fmri(name)), states(name), log(name))
          .isPositive();
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// The states that an instance went through, without steps that only change the next state.
  synchronized List<InstanceState> states(String name) {
    return transitions.stream()
        .filter(it -> it.instance().equals(fmri(name)) && it.changesState())
        .map(Transition::to)
        .toList();
  }

  synchronized List<Transition> transitions(String name) {
    return transitions.stream().filter(it -> it.instance().equals(fmri(name))).toList();
  }

  /// The decisions of a kind, in order.
  synchronized <D extends Decision> List<D> decisions(Class<D> kind) {
    return decisions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// The restarter's messages in an instance's log, without the time.
  List<String> log(String name) {
    return lines(name).stream()
        .filter(line -> line.matches("\\[ .* \\]"))
        .map(line -> line.replaceAll("^\\[ \\d{4} \\w{3} [ \\d]\\d [\\d:]{8} (.*) \\]$", "$1"))
        .toList();
  }

  /// What the processes of an instance wrote.
  List<String> output(String name) {
    return lines(name).stream().filter(line -> !line.matches("\\[ .* \\]")).toList();
  }

  private List<String> lines(String name) {
    try {
      Path log = world.logPath(fmri(name));
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How often a command of an instance was run as a method.
  synchronized long executions(String name, MethodKind kind) {
    return decisions(Decision.RunMethod.class).stream()
        .filter(run -> run.instance().equals(fmri(name)) && run.kind() == kind)
        .count();
  }

  /// The processes of an instance's contract.
  synchronized List<Long> processes(String name) {
    OptionalLong contract = Objects.requireNonNull(statuses.get(fmri(name))).runtime().contract();
    return contract.isPresent() ? world.contracts().members(contract.getAsLong()) : List.of();
  }

  /// A file of the test.
  Path path(String name) {
    return root.resolve(name);
  }

  @Override
  public void close() {
    thread.interrupt();
    synchronized (this) {
      decisions(Decision.RunMethod.class).stream()
          .map(Decision.RunMethod::contract)
          .distinct()
          .forEach(world.contracts()::kill);
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (Decision.RunMethod run : decisions(Decision.RunMethod.class)) {
        while (!world.contracts().isEmpty(run.contract()) && System.nanoTime() < end) {
          LockSupport.parkNanos(1_000_000);
        }
        world.contracts().remove(run.contract());
      }
    }
    world.close();
    poller.close();
  }
}
