package bespoke.supervisor.server;

import bespoke.contract.KnownProcess;
import bespoke.contract.Launched;
import bespoke.contract.ProcessExit;
import bespoke.model.MethodOutcome;
import bespoke.os.Errno;
import bespoke.os.Poller;
import bespoke.os.Signals;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.config.SignalNumber;
import bespoke.supervisor.event.EventTexts;
import bespoke.supervisor.event.EventType;
import bespoke.supervisor.process.ProcessEnd;
import bespoke.supervisor.process.ProcessEvent;
import bespoke.supervisor.process.ProcessMachine;
import bespoke.supervisor.process.ProcessOrder;
import bespoke.supervisor.process.ProcessState;
import bespoke.supervisor.process.ProcessStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One process: carries out what its state machine orders and tells it what happens.
public final class ManagedProcess {
  private final World world;
  private final ManagedGroup group;
  private final ProcessConfig config;
  private final ProcessMachine machine;
  private final ProcessLauncher launcher;
  private final boolean ownsContract;
  private final ProcessLogs logs;
  private final ProcessChecks checks;
  private final @Nullable ListenerSession session;
  private final Deque<ProcessEvent> inbox = new ArrayDeque<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private @Nullable ProcessRun run;

  /// Of the latest run; 0 before the first.
  private long contract;

  private Poller.@Nullable Registration timer;
  private OptionalLong timerDue = OptionalLong.empty();
  private boolean inStep;
  private long lastPid;
  private ProcessState reported = ProcessState.STOPPED;
  private long checkedPid;

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
    ownsContract =
        !world.configuration().server().sharedContract()
            && (left == null || !left.sharesContract());
    launcher = new ProcessLauncher(world, config, group.name(), ownsContract);
    logs = new ProcessLogs(world, config, group.name(), () -> lastPid, left);
    checks =
        new ProcessChecks(world, config.checks(), launcher, this::contract, this::ready, this::ill);
    session = group.newSession(this);
  }

  /// Each run has a contract of its own, unless all programs share one.
  private void enterContract() {
    if (!ownsContract) {
      contract = world.contracts().shared();
      return;
    }
    long before = contract;
    if (before != 0) {
      world.loop().execute(() -> world.contracts().release(before)); // later: nobody waits for that
    }
    contract = world.contracts().create(group.name() + ":" + config.name(), this::contractEmptied);
  }

  private void leaveContract() {
    if (contract != 0) {
      world.contracts().release(contract);
      contract = 0;
    }
  }

  private void ready() {
    tell(new ProcessEvent.BecameReady());
  }

  private void ill(String reason) {
    tell(new ProcessEvent.RestartRequested(reason, true));
  }

  private void contractEmptied(long emptied) {
    if (emptied == contract) {
      tell(new ProcessEvent.ContractEmptied());
    }
  }

  /// Takes over the process of a record.
  ///
  /// @param restartReason why it must be started anew; empty if it need not
  void adopt(ProcessRecord left, String restartReason) {
    lastPid = left.pid();
    contract = ownsContract ? left.contract() : world.contracts().share(left.contract());
    run = new ProcessRun(world, config, logs, left.run());
    run.attach(left);
    world
        .contracts()
        .adopt(
            contract,
            new KnownProcess(left.run(), left.pid(), left.startTime()),
            this::exited,
            this::contractEmptied);
    boolean running = wasRunning(left);
    if (!running) {
      listenAgain();
    }
    tell(new ProcessEvent.Adopted(left.pid(), left.started(), running));
    if (!restartReason.isEmpty()) {
      restart(restartReason);
    }
  }

  private boolean wasRunning(ProcessRecord left) {
    long needed = config.start().startSeconds() * 1000L;
    return config.checks().readiness() == null
        ? world.clock().get().millis() - left.started().millis() > needed
        : left.isReady();
  }

  private void listenAgain() {
    try {
      if (run != null) {
        var _ = run.listen(contract, this::ready);
      }
    } catch (IOException e) {
      world.log().write(LogLevel.ERROR, "cannot hear whether " + config.name() + " is ready: " + e);
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
    return logs.file(ofStderr);
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
    tell(new ProcessEvent.RestartRequested(reason, false));
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
    return run == null ? InputPipe.Sent.CLOSED : run.send(data);
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
    logs.clear();
  }

  /// Opens both logs anew.
  void reopenLogs() {
    logs.reopen();
  }

  /// Gives it an event if it is a listener that is ready.
  void offerEvent() {
    if (session != null && machine.status().state() == ProcessState.RUNNING && session.isReady()) {
      session.offer(bytes -> send(bytes) == InputPipe.Sent.TAKEN);
    }
  }

  /// Lets go of everything; the process must be stopped. What it left behind is killed.
  void dispose() {
    checks.cancel();
    if (timer != null) {
      timer.cancel();
    }
    if (ownsContract && contract != 0 && !world.contracts().isEmpty(contract)) {
      world.contracts().kill(contract);
    }
    leaveContract();
    if (run != null) {
      run.close();
    }
    logs.close();
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
    if (now == ProcessState.RUNNING && run != null) {
      run.becameReady();
    }
    if (now != reported || machine.status().pid() != checkedPid) {
      checkedPid = machine.status().pid();
      checks.stateChanged(now, checkedPid);
    }
    if (now != reported) {
      reported = now;
      group.processChanged(this);
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
    switch (launcher.command()) {
      case ProgramCommand.Missing missing -> notSpawned(missing.reason());
      case ProgramCommand.NotExecutable bad -> notSpawned(bad.reason());
      case ProgramCommand.Executable executable -> spawn(executable.words());
    }
  }

  private void notSpawned(String reason) {
    tell(new ProcessEvent.SpawnFailed(reason));
  }

  private void spawn(List<String> words) {
    enterContract();
    var next = new ProcessRun(world, config, logs, world.contracts().nextRun());
    try {
      List<String> variables = next.listen(contract, this::ready);
      ProcessLauncher.Streams ends = next.open(session, group.acquireSocket());
      if (session != null) {
        session.begin();
      }
      launcher.launch(
          contract,
          next.number(),
          words,
          variables,
          ends,
          this::exited,
          launched -> tell(launched(next, launched)));
    } catch (IOException e) {
      next.close();
      notSpawned("unknown error making dispatchers for '" + config.name() + "': " + e.getMessage());
    }
  }

  private ProcessEvent launched(ProcessRun next, Launched launched) {
    return switch (launched) {
      case Launched.Started started -> {
        run = next;
        lastPid = started.process().pid();
        next.launched(record(started.process()));
        yield new ProcessEvent.Spawned(lastPid);
      }
      case Launched.Failed failed -> {
        next.close();
        group.releaseSocket();
        logs.notSpawned(failed.failure().reason());
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
        launcher.digest(),
        !ownsContract,
        false,
        logs.file(false),
        logs.file(true));
  }

  private void exited(ProcessExit exit) {
    checks.cancel();
    exit.failure().ifPresent(failure -> logs.notSpawned(failure.reason()));
    if (run != null) {
      run.ended();
      run = null;
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
