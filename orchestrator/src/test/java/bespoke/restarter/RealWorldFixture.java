package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.contract.ContractsOpening;
import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.engine.Event.ContractEmptied;
import bespoke.engine.Event.MethodExited;
import bespoke.engine.Event.MethodStarted;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.os.Poller;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The real world with one instance, for tests with real processes. Closing it kills what runs.
final class RealWorldFixture implements AutoCloseable {

  static final InstanceFmri TESTED = InstanceFmri.parse("t/a");
  static final long CAUSE = 42;

  final FakeConfiguration configuration = new FakeConfiguration();
  final CollectedEvents events = new CollectedEvents();
  final Path root;
  private final ContractsOpening.Choice choice;
  final RealWorld world;
  private final Poller poller = new Poller();
  private final AtomicLong lastNumber = new AtomicLong(100);
  private final Set<Long> contracts = ConcurrentHashMap.newKeySet();

  RealWorldFixture(Path root, ContractsOpening.Choice choice) {
    this.root = root;
    this.choice = choice;
    RestarterSettings settings = RestarterSettings.under(root, List.of("LANG=C.UTF-8"));
    world =
        new RealWorld(
            settings,
            configuration,
            events,
            new DaemonLog(settings, Clock.systemUTC(), new PrintStream(System.err)),
            Clock.systemUTC(),
            poller,
            listener -> new ContractsOpening(root, choice, listener).open(poller));
  }

  /// The next daemon on the same directory; processes stay.
  RealWorldFixture successor() {
    world.close();
    poller.close();
    RealWorldFixture next = new RealWorldFixture(root, choice);
    next.contracts.addAll(contracts);
    contracts.clear();
    return next;
  }

  /// What was started.
  record StartedMethod(long run, long contract) {}

  long next() {
    return lastNumber.incrementAndGet();
  }

  void define(InstanceDefinition definition) {
    configuration.define(definition);
  }

  /// Runs a start method of that command.
  StartedMethod start(String exec) {
    return start(exec, MethodContext.NONE, false);
  }

  StartedMethod start(String exec, MethodContext context, boolean isService) {
    define(Definitions.withMethods(TESTED, Definitions.method(MethodKind.START, exec, context)));
    return run(MethodKind.START, isService, OptionalLong.empty());
  }

  /// Runs a method of the definition.
  StartedMethod run(MethodKind kind, boolean isService, OptionalLong primary) {
    StartedMethod started = new StartedMethod(next(), next());
    contracts.add(started.contract);
    world.carryOut(
        List.of(
            new Decision.RunMethod(
                TESTED, started.run, kind, started.contract, primary, 1, isService, CAUSE)));
    return started;
  }

  MethodExited exited(StartedMethod started) {
    return events.await(MethodExited.class, exit -> exit.run() == started.run);
  }

  MethodOutcome outcome(StartedMethod started) {
    return exited(started).outcome();
  }

  MethodStarted started(StartedMethod started) {
    return events.await(MethodStarted.class, start -> start.run() == started.run);
  }

  void emptied(StartedMethod started) {
    events.await(ContractEmptied.class, empty -> empty.contract() == started.contract);
  }

  void kill(StartedMethod started) {
    world.carryOut(List.of(new Decision.KillContract(TESTED, started.contract, CAUSE)));
    emptied(started);
  }

  /// The output of a start method that ends with status 0.
  String output(String exec, MethodContext context) {
    StartedMethod started = start(exec, context, false);
    assertThat(outcome(started)).as(log()).isEqualTo(new MethodOutcome.Exited(0));
    return output();
  }

  /// The log without the restarter's lines.
  String output() {
    return String.join("\n", log().lines().filter(line -> !line.matches("\\[ .* \\]")).toList());
  }

  /// The restarter's lines of the log, without the time.
  List<String> messages() {
    return log()
        .lines()
        .filter(line -> line.matches("\\[ .* \\]"))
        .map(line -> line.replaceAll("^\\[ \\d{4} \\w{3} [ \\d]\\d [\\d:]{8} (.*) \\]$", "$1"))
        .toList();
  }

  String log() {
    try {
      Path log = world.logPath(TESTED);
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The answers about the instance, in order.
  List<Event> answers() {
    return events.events();
  }

  /// Waits for something that no event tells of.
  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    for (long contract : contracts) {
      world.contracts().kill(contract);
    }
    for (long contract : contracts) {
      until(() -> world.contracts().isEmpty(contract));
      world.contracts().remove(contract);
    }
    world.close();
    poller.close();
  }
}
