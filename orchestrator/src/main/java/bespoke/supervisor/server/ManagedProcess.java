package bespoke.supervisor.server;

import bespoke.contract.KnownProcess;
import bespoke.contract.Launched;
import bespoke.contract.ProcessExit;
import bespoke.contract.Stream;
import bespoke.model.MethodOutcome;
import bespoke.os.Errno;
import bespoke.os.Poller;
import bespoke.os.Signals;
import bespoke.supervisor.config.Account;
import bespoke.supervisor.config.Check;
import bespoke.supervisor.config.LogDestination;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.config.SignalNumber;
import bespoke.supervisor.config.StreamConfig;
import bespoke.supervisor.event.EventTexts;
import bespoke.supervisor.event.EventType;
import bespoke.supervisor.log.RotatingFile;
import bespoke.supervisor.process.ProcessEnd;
import bespoke.supervisor.process.ProcessEvent;
import bespoke.supervisor.process.ProcessMachine;
import bespoke.supervisor.process.ProcessOrder;
import bespoke.supervisor.process.ProcessState;
import bespoke.supervisor.process.ProcessStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One process: carries out what its state machine orders and tells it what happens.
public final class ManagedProcess {
  private static final Duration READINESS_PAUSE = Duration.ofMillis(200);

  private final World world;
  private final ManagedGroup group;
  private final ProcessConfig config;
  private final ProcessMachine machine;
  private final ProcessLauncher launcher;
  private final long contract;
  private final boolean ownsContract;
  private final OutputRoute stdout;
  private final OutputRoute stderr;
  private final @Nullable ListenerSession session;
  private final Deque<ProcessEvent> inbox = new ArrayDeque<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private @Nullable ProcessStreams streams;
  private Poller.@Nullable Registration timer;
  private OptionalLong timerDue = OptionalLong.empty();
  private boolean inStep;
  private long lastPid;
  private long lastRun;
  private ProcessState reported = ProcessState.STOPPED;
  private @Nullable Prober prober;
  private long probedPid;
  private int badAnswers;

  private record Waiter(Predicate<ProcessStatus> done, CompletableFuture<ProcessStatus> result) {}

  /// @param left what an earlier server left running of it; null = nothing
  ///
  /// @throws IOException if an automatic log cannot be made
  ManagedProcess(
      World world, ManagedGroup group, ProcessConfig config, @Nullable ProcessRecord left)
      throws IOException {
    this.world = world;
    this.group = group;
    this.config = config;
    machine =
        new ProcessMachine(
            config.start(),
            config.stop(),
            config.checks().readiness() == null ? 0 : config.checks().readinessSeconds());
    launcher = new ProcessLauncher(world, config, group.name());
    ownsContract = !world.configuration().server().sharedContract();
    contract =
        left != null
            ? left.contract()
            : world.contracts().create(group.name() + ":" + config.name(), this::contractEmptied);
    stdout = route(false, config.stdout(), left == null ? null : left.stdoutLog());
    stderr = route(true, config.stderr(), left == null ? null : left.stderrLog());
    session = group.newSession(this);
  }

  private OutputRoute route(boolean isStderr, StreamConfig stream, @Nullable Path used)
      throws IOException {
    RotatingFile file =
        switch (stream.destination()) {
          case LogDestination.None() -> null;
          case LogDestination.Auto() ->
              new RotatingFile(
                  used != null
                      ? used
                      : AutoLog.create(
                          world.configuration().server(),
                          config.name(),
                          isStderr ? "stderr" : "stdout"),
                  stream.maxBytes(),
                  stream.backups());
          case LogDestination.File(String path) ->
              new RotatingFile(Path.of(path).toAbsolutePath(), stream.maxBytes(), stream.backups());
        };
    return new OutputRoute(
        config.name(),
        group.name(),
        isStderr,
        stream,
        file,
        world.configuration().server().stripAnsi(),
        world.events()::publish,
        text -> world.log().write(LogLevel.DEBUG, text),
        () -> lastPid);
  }

  private void contractEmptied() {
    tell(new ProcessEvent.ContractEmptied());
  }

  /// Takes over the process of a record.
  ///
  /// @param restartReason why it must be started anew; empty if it need not
  void adopt(ProcessRecord left, String restartReason) {
    var found = new ProcessStreams(world.loop(), world.privateDirectory());
    PrivateDirectory directory = world.privateDirectory();
    if (directory != null) {
      attach(found, directory, left.run());
    }
    streams = found;
    lastPid = left.pid();
    lastRun = left.run();
    keepRecord(left);
    world
        .contracts()
        .adopt(
            contract,
            new KnownProcess(left.run(), left.pid(), left.startTime()),
            this::exited,
            this::contractEmptied);
    long needed = config.start().startSeconds() * 1000L;
    boolean running = world.clock().get().millis() - left.started().millis() > needed;
    tell(new ProcessEvent.Adopted(left.pid(), left.started(), running));
    if (!restartReason.isEmpty()) {
      tell(new ProcessEvent.RestartRequested(restartReason));
    }
  }

  private void attach(ProcessStreams found, PrivateDirectory directory, long run) {
    try {
      openLog(stdout);
      openLog(stderr);
      if (Files.exists(directory.file(run, ".out"))) {
        found.watch(directory.file(run, ".out"), stdout::accept);
      }
      if (Files.exists(directory.file(run, ".err"))) {
        found.watch(directory.file(run, ".err"), stderr::accept);
      }
      if (Files.exists(directory.file(run, ".in"))) {
        found.attachInput(directory.file(run, ".in"));
      }
    } catch (IOException e) {
      world
          .log()
          .write(LogLevel.ERROR, "cannot open the pipes of " + config.name() + " again: " + e);
    }
  }

  private void keepRecord(ProcessRecord record) {
    PrivateDirectory directory = world.privateDirectory();
    if (directory == null) {
      return;
    }
    try {
      directory.keep(record);
    } catch (IOException e) {
      world.log().write(LogLevel.WARN, "the next server will not find " + config.name() + ": " + e);
    }
  }

  public ProcessConfig config() {
    return config;
  }

  long contract() {
    return contract;
  }

  public String groupName() {
    return group.name();
  }

  public ProcessStatus status() {
    return machine.status();
  }

  /// The current log; null if there is none.
  public @Nullable Path logFile(boolean ofStderr) {
    RotatingFile file = (ofStderr ? stderr : stdout).file();
    return file == null ? null : file.path();
  }

  /// What the command turns out to be now.
  public ProgramCommand command() {
    return launcher.command();
  }

  public void start() {
    tell(new ProcessEvent.StartRequested());
  }

  public void stop() {
    tell(new ProcessEvent.StopRequested());
  }

  /// Stops it and starts it again.
  public void restart(String reason) {
    tell(new ProcessEvent.RestartRequested(reason));
  }

  void beginShutdown() {
    tell(new ProcessEvent.ShutdownBegan());
  }

  /// Sends a signal to the process alone.
  ///
  /// @return the reason if it could not be sent; empty if it was
  public String signal(SignalNumber signal) {
    long pid = machine.status().pid();
    int answer = pid == 0 ? 0 : Signals.send(pid, signal.number());
    return answer == 0 ? "" : Errno.text(-answer);
  }

  /// Writes to its standard input.
  public InputPipe.Sent send(byte[] data) {
    return streams == null ? InputPipe.Sent.CLOSED : streams.send(data);
  }

  /// Completes with the status as soon as it satisfies `done`, perhaps at once.
  public CompletableFuture<ProcessStatus> when(Predicate<ProcessStatus> done) {
    var waiter = new Waiter(done, new CompletableFuture<>());
    waiters.add(waiter);
    completeWaiters();
    return waiter.result();
  }

  /// Empties both logs.
  ///
  /// @throws IOException if that fails
  public void clearLogs() throws IOException {
    for (OutputRoute route : List.of(stdout, stderr)) {
      RotatingFile file = route.file();
      if (file != null) {
        file.clear();
      }
    }
  }

  /// Opens both logs anew.
  void reopenLogs() {
    for (OutputRoute route : List.of(stdout, stderr)) {
      RotatingFile file = route.file();
      if (file != null) {
        file.reopen();
      }
    }
  }

  /// Gives it an event if it is a listener that is ready.
  void offerEvent() {
    if (session != null && machine.status().state() == ProcessState.RUNNING && session.isReady()) {
      session.offer(bytes -> send(bytes) == InputPipe.Sent.TAKEN);
    }
  }

  /// Lets go of everything; the process must be stopped. What it left behind is killed.
  void dispose() {
    if (prober != null) {
      prober.cancel();
    }
    if (timer != null) {
      timer.cancel();
    }
    if (ownsContract && !world.contracts().isEmpty(contract)) {
      world.contracts().kill(contract);
    }
    world.contracts().release(contract);
    if (streams != null) {
      streams.close();
    }
    for (OutputRoute route : List.of(stdout, stderr)) {
      RotatingFile file = route.file();
      if (file != null) {
        file.close();
      }
    }
    waiters.forEach(waiter -> waiter.result().complete(machine.status()));
    waiters.clear();
  }

  private void tell(ProcessEvent event) {
    inbox.add(event);
    if (inStep) {
      return;
    }
    inStep = true;
    try {
      for (ProcessEvent next = inbox.poll(); next != null; next = inbox.poll()) {
        machine.on(next, world.clock().get()).forEach(this::carryOut);
      }
    } finally {
      inStep = false;
    }
    schedule();
    completeWaiters();
    ProcessState now = machine.status().state();
    if (now != reported || machine.status().pid() != probedPid) {
      probe(now);
    }
    if (now != reported) {
      reported = now;
      group.processChanged(this);
    }
  }

  /// Begins the check that belongs to the state and ends that of the state before.
  private void probe(ProcessState state) {
    if (prober != null) {
      prober.cancel();
      prober = null;
    }
    probedPid = machine.status().pid();
    Check.Checks checks = config.checks();
    if (state == ProcessState.STARTING && probedPid != 0 && checks.readiness() != null) {
      begin(new Prober(world.loop(), checks.readiness(), READINESS_PAUSE, this::readinessAnswer));
    } else if (state == ProcessState.RUNNING && checks.health() != null) {
      Duration pause = Duration.ofSeconds(checks.healthIntervalSeconds());
      badAnswers = 0;
      begin(new Prober(world.loop(), checks.health(), pause, this::healthAnswer));
    }
  }

  private void begin(Prober next) {
    prober = next;
    next.begin();
  }

  private void readinessAnswer(String problem) {
    if (problem.isEmpty()) {
      tell(new ProcessEvent.BecameReady());
    }
  }

  private void healthAnswer(String problem) {
    badAnswers = problem.isEmpty() ? 0 : badAnswers + 1;
    if (badAnswers >= config.checks().healthFailures()) {
      restart("its health check failed " + badAnswers + " times: " + problem);
    }
  }

  private void carryOut(ProcessOrder order) {
    switch (order) {
      case ProcessOrder.Spawn() -> spawn();
      case ProcessOrder.Signal(int number, boolean toGroup) -> sendSignal(number, toGroup);
      case ProcessOrder.SignalContract(int number) -> {
        var _ = world.contracts().signal(contract, number);
        world.contracts().awaitEmpty(contract);
      }
      case ProcessOrder.KillContract() -> world.contracts().kill(contract);
      case ProcessOrder.Announce announce -> announce(announce);
      case ProcessOrder.Log(LogLevel level, String text) ->
          world.log().write(level, text.replace("%n", config.name()));
    }
  }

  private void announce(ProcessOrder.Announce announce) {
    EventType type = EventType.valueOf("PROCESS_STATE_" + announce.to().name());
    world
        .events()
        .publish(
            EventTexts.processState(
                type,
                config.name(),
                group.name(),
                announce.from().name(),
                announce.pid(),
                announce.tries(),
                announce.expected()));
    if (announce.to() == ProcessState.RUNNING && session != null) {
      world.loop().execute(this::offerEvent);
    }
  }

  private void sendSignal(int number, boolean toGroup) {
    long pid = machine.status().pid();
    int answer = Signals.send(toGroup ? -pid : pid, number);
    if (answer != 0 && answer != -Errno.ESRCH) {
      inbox.add(new ProcessEvent.SignalFailed(Errno.text(-answer)));
    }
  }

  private void schedule() {
    OptionalLong due = machine.deadline();
    if (due.equals(timerDue)) {
      return;
    }
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    timerDue = due;
    if (due.isPresent()) {
      long millis = Math.max(0, due.getAsLong() - world.clock().get().millis());
      timer = world.loop().after(Duration.ofMillis(millis), this::deadlinePassed);
    }
  }

  private void deadlinePassed() {
    timerDue = OptionalLong.empty();
    timer = null;
    tell(new ProcessEvent.DeadlinePassed());
  }

  private void completeWaiters() {
    ProcessStatus status = machine.status();
    var done = waiters.stream().filter(waiter -> waiter.done().test(status)).toList();
    waiters.removeAll(done);
    done.forEach(waiter -> waiter.result().complete(status));
  }

  private void spawn() {
    inbox.add(
        switch (launcher.command()) {
          case ProgramCommand.Missing missing -> new ProcessEvent.SpawnFailed(missing.reason());
          case ProgramCommand.NotExecutable bad -> new ProcessEvent.SpawnFailed(bad.reason());
          case ProgramCommand.Executable executable -> spawn(executable.words());
        });
  }

  private ProcessEvent spawn(List<String> words) {
    var opening = new ProcessStreams(world.loop(), world.privateDirectory());
    long run = world.contracts().nextRun();
    ProcessLauncher.Streams ends;
    try {
      ends = open(opening, run);
    } catch (IOException e) {
      opening.close();
      return new ProcessEvent.SpawnFailed(
          "unknown error making dispatchers for '" + config.name() + "': " + e.getMessage());
    }
    limit();
    Launched launched = launcher.launch(contract, run, words, ends, this::exited);
    opening.closeChildEnds();
    return switch (launched) {
      case Launched.Started started -> {
        streams = opening;
        lastPid = started.process().pid();
        lastRun = run;
        keepRecord(record(started.process()));
        yield new ProcessEvent.Spawned(lastPid);
      }
      case Launched.Failed failed -> {
        opening.close();
        group.releaseSocket();
        stderr.accept(notSpawned(failed.failure().reason()));
        yield new ProcessEvent.SpawnFailed(failed.failure().reason());
      }
    };
  }

  private ProcessRecord record(KnownProcess process) {
    return new ProcessRecord(
        group.name(),
        config.name(),
        process.run(),
        process.pid(),
        process.startTime(),
        contract,
        world.clock().get(),
        ProcessRecord.digestOf(config),
        logFile(false),
        logFile(true));
  }

  private static byte[] notSpawned(String reason) {
    return ("supervisor: " + reason + "\nsupervisor: child process was not spawned\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void limit() {
    var resources = ProcessLauncher.resources(config.context().limits());
    if (!resources.values().isEmpty()) {
      world
          .contracts()
          .limit(contract, resources)
          .forEach(problem -> world.log().write(LogLevel.WARN, config.name() + ": " + problem));
    }
  }

  private ProcessLauncher.Streams open(ProcessStreams opening, long run) throws IOException {
    openLog(stdout);
    openLog(stderr);
    stdout.begin();
    stderr.begin();
    Account user = config.context().user();
    Stream output = output(opening, run + ".out", stdout, session == null ? null : session::heard);
    Stream error =
        config.redirectStderr()
            ? new Stream.SameAsOutput()
            : output(opening, run + ".err", stderr, null);
    if (session != null) {
      session.begin();
    }
    OptionalInt socket = group.acquireSocket();
    Stream input =
        socket.isPresent()
            ? new Stream.Inherited(socket.getAsInt())
            : opening.input(run + ".in", user);
    return new ProcessLauncher.Streams(input, output, error);
  }

  /// A pipe into a route; the null device if nobody wants the output.
  private Stream output(
      ProcessStreams opening, String name, OutputRoute route, @Nullable Consumer<byte[]> listening)
      throws IOException {
    if (listening == null && !route.isWanted() && !world.log().includes(LogLevel.DEBUG)) {
      return new Stream.Nothing();
    }
    return opening.output(
        name, config.context().user(), route, listening == null ? bytes -> {} : listening);
  }

  private static void openLog(OutputRoute route) throws IOException {
    RotatingFile file = route.file();
    if (file != null) {
      try {
        file.open();
      } catch (java.nio.file.NoSuchFileException e) {
        throw new IOException("ENOENT: " + e.getMessage(), e);
      }
    }
  }

  private void exited(ProcessExit exit) {
    exit.failure().ifPresent(failure -> stderr.accept(notSpawned(failure.reason())));
    if (streams != null) {
      streams.processEnded();
      streams = null;
    }
    stdout.end();
    stderr.end();
    if (world.privateDirectory() != null) {
      world.privateDirectory().forget(lastRun);
    }
    if (session != null) {
      session.end();
    }
    group.releaseSocket();
    boolean leftovers = ownsContract && !world.contracts().isEmpty(contract);
    if (leftovers) {
      world.contracts().awaitEmpty(contract);
    }
    tell(new ProcessEvent.Ended(end(exit), leftovers));
  }

  private static ProcessEnd end(ProcessExit exit) {
    return switch (exit.outcome()) {
      case MethodOutcome.Exited(int status) -> new ProcessEnd.Exited(status);
      case MethodOutcome.Signaled(int signal, boolean core) ->
          new ProcessEnd.Signaled(
              new SignalNumber(signal).displayName() + (core ? " (core dumped)" : ""));
      case MethodOutcome.NotRun _ -> new ProcessEnd.Exited(127);
      case MethodOutcome.Unknown() -> new ProcessEnd.Unknown();
    };
  }
}
