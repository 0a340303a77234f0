package bespoke.daemon;

import bespoke.contract.ContractsOpening;
import bespoke.control.ControlServer;
import bespoke.control.Limits;
import bespoke.control.Requests;
import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.journal.Journal;
import bespoke.os.Poller;
import bespoke.repository.Repository;
import bespoke.repository.RootLock;
import bespoke.repository.VolatileStore;
import bespoke.restarter.DaemonLog;
import bespoke.restarter.RealWorld;
import bespoke.restarter.RestarterSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The wiring of the daemon, by hand: who knows whom. Nothing here decides anything.
///
/// [#run] opens everything, tells the engine what there is, and returns the exit status when the
/// daemon has ended.
class Daemon {
  static final int EXIT_OK = 0;
  static final int EXIT_NOT_ALL_ONLINE = 1;

  /// A bug: the services run on, and the next daemon adopts them.
  static final int EXIT_BUG = 70;

  /// The next daemon is to take this process over; never an exit status.
  static final int EXIT_REEXECUTE = -1;

  private static final int REQUESTS_MAX = 10_000;
  private static final long ENGINE_END_MILLIS = 5000;

  private final Options options;
  private final Layout layout;
  private final EngineLoop.Clock clock = new SystemClock();
  private final ContractEvents contracts = new ContractEvents(clock);
  private final FileLimit files;
  private final Progress progress;
  private final Terminal terminal;
  private final RestarterSettings settings;
  private final DaemonLog log;
  private final Inbox inbox = new Inbox(REQUESTS_MAX);
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  /// @param environment `NAME=value` entries that every method gets
  /// @param files the limit of descriptors for methods
  /// @param startNanos System.nanoTime when the program began
  Daemon(
      Options options, Layout layout, List<String> environment, FileLimit files, long startNanos) {
    this.options = options;
    this.files = files;
    this.layout = layout;
    String hint = options.root().isEmpty() ? "" : " --root " + options.root();
    this.progress = new Progress(options.verbose(), clock, startNanos, hint);
    this.terminal = new Terminal(System.out, isTerminal(), progress::status);
    this.settings = RestarterSettings.under(layout.root(), environment).withFileLimit(files::found);
    PrintStream lines =
        new PrintStream(new LineStream(terminal::line), true, StandardCharsets.UTF_8);
    this.log = new DaemonLog(settings, new LocalClock(), lines);
  }

  /// The clocks of this machine.
  private static final class SystemClock implements EngineLoop.Clock {
    @Override
    public long epochMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | RuntimeException unknown) {
      return false;
    }
  }

  int run() throws IOException {
    return run("");
  }

  /// Runs the daemon until it ends.
  ///
  /// @param trouble that a person should know of, or empty
  /// @return the exit status
  /// @throws IOException if it cannot begin; the message is for an operator
  int run(String trouble) throws IOException {
    try (RootLock lock = RootLock.acquire(layout.root())) {
      terminal.start();
      if (!trouble.isEmpty()) {
        log.write(true, trouble);
      }
      return open(lock);
    } finally {
      terminal.close();
    }
  }

  private int open(RootLock lock) throws IOException {
    CompletableFuture<Repository> opening =
        Background.run("repository", () -> Repository.open(lock));
    WarmUp.begin();
    KnownDefinitions definitions = new KnownDefinitions(opening, log::write);
    try (VolatileStore store = VolatileStore.open(layout.volatileState(), bootId());
        Poller poller = new Poller((thread, bug) -> log.write(true, "internal error: " + bug))) {
      RealWorld world = world(definitions, poller); // links native code while the repository opens
      try (Repository repository = Background.join(opening);
          Journal journal = Journal.open(layout.journal());
          world) {
        return live(repository, store, journal, definitions, world, poller);
      }
    }
  }

  private RealWorld world(KnownDefinitions definitions, Poller poller) {
    return new RealWorld(
        settings,
        definitions,
        this::report,
        log,
        new LocalClock(),
        poller,
        listener -> new ContractsOpening(layout.root(), choice(), contracts.on(listener)).open());
  }

  private void report(long cause, Event event) {
    inbox.put(new Inbox.Arrived(event, cause, Optional.empty(), null));
  }

  private int live(
      Repository repository,
      VolatileStore store,
      Journal journal,
      KnownDefinitions definitions,
      RealWorld world,
      Poller poller)
      throws IOException {
    log.write(
        false,
        "starting in " + layout.root() + ", contracts by " + world.contracts().description());
    ServiceImport imports =
        new ServiceImport(repository, definitions, it -> LiveMachine.unavailable(world, it));
    ManifestImport manifests =
        new ManifestImport(repository, imports, new ManifestDirectories(manifests()));
    Publisher publisher = new Publisher();
    ReadyListing listing =
        new ReadyListing(layout.listing(), clock, poller, System.getenv().getOrDefault("TZ", ""));
    Observer observer =
        new Observer(
            progress, terminal, publisher, listing, log::write, options.untilSettled(), ended);
    JournalHistory history = new JournalHistory(journal, log::write);
    ReportArchive reports =
        new ReportArchive(
            history, repository, layout.log(), machineText(world.contracts().description()));
    DelegatedRestarters restarters = new DelegatedRestarters(event -> report(0, event));
    Engine engine = new Engine();
    EngineLoop loop =
        new EngineLoop(
            engine,
            inbox,
            new DurableLedger(store, repository, history, log::write),
            worlds(new Router(world, restarters, ended)),
            observer,
            clock,
            journal.lastId());
    LiveMachine machine =
        new LiveMachine(
            loop,
            publisher,
            contracts,
            world,
            restarters,
            observer::isSettled,
            listing,
            () -> ended.complete(EXIT_REEXECUTE),
            reports);
    listing.begin(loop);
    definitions.statuses(machine::status);
    EngineSide engineSide = new EngineSide(machine, definitions, manifests);
    ConfigurationGate gate = new ConfigurationGate();
    RepositoryConfiguration configuration =
        new RepositoryConfiguration(repository, definitions, imports, engineSide, clock, gate);
    ChangeFeed feed = new ChangeFeed(machine, engineSide::namesChanged);
    observer.changes(feed);
    ChangeStore remembered = ChangeStore.open(layout.changes(), log::write);
    LiveChanges changes =
        new LiveChanges(
            repository, definitions, imports, remembered, feed, gate, clock, hands(), log::write);

    Start start = new Start(repository, store, definitions, log::write);
    start.load();
    start.importChanges(manifests);
    files.suffice(definitions.all().size());
    loop.report(start.began(), 0);
    loop.report(start.everything(), 0);
    start.milestone().ifPresent(it -> loop.report(new Event.MilestoneRequested(it), 0));
    engineSide.namesChanged();
    CompletableFuture<Void> adoption = world.adopt(start.adoptions());
    terminal.showStatus(true);
    new Signals(loop, machine, world, engineSide, gate, log::write).handle();
    Thread thread = Thread.ofPlatform().name("engine").daemon().start(loop);
    try (listing;
        ControlServer _ = serve(machine, configuration, changes, history)) {
      adoption.join();
      changes.resume();
      loop.tell(_ -> observer.adopted());
      Housekeeping.schedule(repository, journal, log::write);
      int status = awaitEnd();
      changes.end(); // before the connections end: who watches hears why
      publisher.end("the daemon is going down");
      contracts.end("the daemon is going down");
      return status;
    } finally {
      changes.end();
      publisher.end("the daemon is going down");
      contracts.end("the daemon is going down");
      loop.end();
      joinQuietly(thread);
    }
  }

  /// Who carries decisions out; a test of the daemon's death comes between.
  EngineLoop.World worlds(EngineLoop.World router) {
    return router;
  }

  /// By what changes are carried out; a test of the daemon's death comes between.
  LiveChanges.Hands hands() {
    return LiveChanges.Hands.OWN;
  }

  private ControlServer serve(
      LiveMachine machine,
      RepositoryConfiguration configuration,
      LiveChanges changes,
      JournalHistory history)
      throws IOException {
    Requests requests =
        new Requests(
            machine,
            configuration,
            changes,
            history,
            new AuthorizationsFile(
                layout.authorizations(), it -> log.write(true, it), PeerSource::groupName),
            Limits.DEFAULT,
            SvcStartd.release());
    return ControlServer.open(
        layout.socket(),
        new PeerSource(),
        PeerSource.callers(),
        requests,
        Limits.DEFAULT,
        complaint -> log.write(true, complaint));
  }

  private int awaitEnd() throws IOException {
    try {
      int status = ended.get();
      log.write(
          false,
          status == EXIT_REEXECUTE
              ? "the next daemon takes this process over"
              : "ending with status " + status);
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return EXIT_BUG;
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static void joinQuietly(Thread thread) {
    try {
      thread.join(ENGINE_END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Path> manifests() {
    if (!options.manifests().isEmpty()) {
      return options.manifests();
    }
    Path usual = layout.root().resolve("manifests");
    return Files.isDirectory(usual) ? List.of(usual) : List.of();
  }

  private ContractsOpening.Choice choice() {
    return switch (options.contracts()) {
      case AUTO -> ContractsOpening.Choice.BEST;
      case CGROUP -> ContractsOpening.Choice.CGROUP;
      case TRACKING -> ContractsOpening.Choice.TRACKING;
    };
  }

  private static String machineText(String contracts) throws IOException {
    return "bespoke "
        + SvcStartd.release()
        + ", Java "
        + Runtime.version()
        + "\n"
        + Files.readString(Path.of("/proc/version")).strip()
        + "\ncontracts by "
        + contracts
        + "\n";
  }

  private static String bootId() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }
}
