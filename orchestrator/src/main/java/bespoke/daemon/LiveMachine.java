package bespoke.daemon;

import bespoke.api.OperandMatcher;
import bespoke.contract.Resources;
import bespoke.control.Delegation;
import bespoke.control.Machine;
import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.FileFmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.ServiceFmri;
import bespoke.plan.Obstacles;
import bespoke.plan.Present;
import bespoke.restarter.RealWorld;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/// The running daemon as the control socket sees it: every look and every request goes through the
/// engine's thread.
final class LiveMachine implements Machine {
  private static final String BUSY = "too many requests wait already; try again";

  private final EngineLoop loop;
  private final Publisher publisher;
  private final ContractEvents contracts;
  private final RealWorld world;
  private final Delegation delegation;
  private volatile Names names = Names.NONE;
  private final BooleanSupplier settled;
  private final ReadyListing listing;
  private final Runnable reexecution;
  private final ReportArchive reports;

  /// @param settled whether nothing moves
  /// @param reexecution lets the next daemon take this process over
  /// @param reports makes reports
  LiveMachine(
      EngineLoop loop,
      Publisher publisher,
      ContractEvents contracts,
      RealWorld world,
      Delegation delegation,
      BooleanSupplier settled,
      ReadyListing listing,
      Runnable reexecution,
      ReportArchive reports) {
    this.loop = loop;
    this.publisher = publisher;
    this.contracts = contracts;
    this.world = world;
    this.delegation = delegation;
    this.settled = settled;
    this.listing = listing;
    this.reexecution = reexecution;
    this.reports = reports;
  }

  /// The names that there are now.
  void names(Names now) {
    names = now;
  }

  private <T> T ask(Function<Engine, T> question) {
    try {
      return loop.ask(question).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Runs a step on the engine's thread, between two events, and waits for it.
  void between(Consumer<Engine> step) {
    ask(engine -> {
      step.accept(engine);
      return true;
    });
  }

  @Override
  public List<InstanceStatus> statuses() {
    List<InstanceStatus> statuses = ask(Engine::statuses);
    return statuses.stream().sorted(Comparator.comparing(InstanceStatus::fmri)).toList();
  }

  @Override
  public Optional<InstanceStatus> status(InstanceFmri fmri) {
    return ask(engine -> engine.status(fmri));
  }

  /// Why an instance cannot run before somebody acts, a clause; or empty.
  String obstacle(InstanceFmri fmri) {
    return ask(engine -> Obstacles.forGood(fmri, engine));
  }

  @Override
  public List<InstanceFmri> instancesOf(ServiceFmri service) {
    return names.instancesOf(service);
  }

  @Override
  public boolean exists(FileFmri file) {
    return Files.exists(Path.of(file.path()));
  }

  @Override
  public OperandMatcher.Catalogue catalogue() {
    return names;
  }

  @Override
  public boolean isSettled() {
    return settled.getAsBoolean();
  }

  @Override
  public void request(Event.Requested event, Actor actor) throws BusyException {
    tell(event, Optional.of(actor));
  }

  /// Gives the engine a fact that somebody waits for.
  void tell(Event event, Optional<Actor> actor) throws BusyException {
    Optional<CompletableFuture<Long>> handled = loop.request(event, actor);
    if (handled.isEmpty()) {
      throw new BusyException(BUSY);
    }
    try {
      handled.get().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BusyException("it holds for now but is not durable yet: " + cause.getMessage());
    }
  }

  @Override
  public Runnable restartDaemon(Actor actor) throws BusyException {
    try {
      Reexecution.of(System.getProperty("bespoke.home", ""), List.of()); // is there one at all
    } catch (IOException e) {
      throw new BusyException(String.valueOf(e.getMessage()));
    }
    request(new Event.RestartRequested(InstanceDefinition.MASTER_RESTARTER, false), actor);
    return reexecution;
  }

  @Override
  public void report(OutputStream out) throws IOException {
    reports.write(statuses(), out);
  }

  @Override
  public Watch watch(int backlog) {
    Watch watch =
        ask(engine -> new Watch(engine.statuses(), publisher.follow(loop.lastId(), backlog)));
    return new Watch(
        watch.now().stream().sorted(Comparator.comparing(InstanceStatus::fmri)).toList(),
        watch.subscription());
  }

  @Override
  public Subscription<ContractNotice> contractEvents(int backlog) {
    return contracts.follow(backlog);
  }

  @Override
  public void plainlyListed() {
    listing.asked();
  }

  @Override
  public Present present() {
    return ask(loop::present);
  }

  @Override
  public Delegation delegation() {
    return delegation;
  }

  @Override
  public String logFile(InstanceFmri fmri) {
    return world.logPath(fmri).toString();
  }

  @Override
  public List<String> unavailableLimits(InstanceStatus status) {
    return unavailable(world, status.definition());
  }

  /// Which of the limits that a definition wants this machine cannot keep, a sentence each.
  static List<String> unavailable(RealWorld world, InstanceDefinition definition) {
    return definition.resources().values().isEmpty()
        ? List.of()
        : world.contracts().unavailable(new Resources(definition.resources().values()));
  }

  @Override
  public List<Long> members(long contract) {
    return world.contracts().members(contract);
  }

  @Override
  public String contractBackEnd() {
    return world.contracts().backEnd().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<InstanceFmri> instanceOf(long pid) {
    OptionalLong contract = world.contracts().contractOf(pid);
    if (contract.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong wanted = contract;
    return ask(Engine::statuses).stream()
        .filter(status ->
            status.runtime().contract().equals(wanted)
                || status.runtime().methodContract().equals(wanted))
        .map(InstanceStatus::fmri)
        .findFirst();
  }
}
