package bespoke.supervisor.process;

import static bespoke.supervisor.process.ProcessState.BACKOFF;
import static bespoke.supervisor.process.ProcessState.EXITED;
import static bespoke.supervisor.process.ProcessState.FATAL;
import static bespoke.supervisor.process.ProcessState.RUNNING;
import static bespoke.supervisor.process.ProcessState.STARTING;
import static bespoke.supervisor.process.ProcessState.STOPPED;
import static bespoke.supervisor.process.ProcessState.STOPPING;
import static bespoke.supervisor.process.ProcessState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.config.Autorestart;
import bespoke.supervisor.config.SignalNumber;
import bespoke.supervisor.config.StartPolicy;
import bespoke.supervisor.config.StopPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProcessMachineTest {
  private static final StopPolicy STOP = new StopPolicy(SignalNumber.TERM, 10, false, true);

  private long millis = 1_000_000;
  private long lastPid = 100;
  private final List<ProcessState> seen = new ArrayList<>();
  private List<ProcessOrder> orders = new ArrayList<>();
  private ProcessMachine machine = machine(Autorestart.UNEXPECTED, 1, 3);

  private static ProcessMachine machine(Autorestart restart, int startSeconds, int retries) {
    return new ProcessMachine(
        new StartPolicy(true, restart, startSeconds, retries, List.of(0), 0, 0, 0, 600), STOP, 0);
  }

  /// Tells the machine and answers its orders to spawn with a process.
  private void tell(ProcessEvent event) {
    orders = new ArrayList<>(machine.on(event, now()));
    for (ProcessOrder order : List.copyOf(orders)) {
      if (order instanceof ProcessOrder.Announce announce) {
        seen.add(announce.to());
      }
    }
    if (orders.contains(new ProcessOrder.Spawn())) {
      List<ProcessOrder> before = orders;
      tell(new ProcessEvent.Spawned(++lastPid));
      orders.addAll(0, before);
    }
  }

  private Moment now() {
    return new Moment(millis, millis / 1000);
  }

  private void exit(int status) {
    tell(new ProcessEvent.Ended(new ProcessEnd.Exited(status), false));
  }

  private void passDeadline() {
    millis = machine.deadline().orElseThrow();
    tell(new ProcessEvent.DeadlinePassed());
  }

  private void run() {
    tell(new ProcessEvent.StartRequested());
    passDeadline();
    assertThat(machine.status().state()).isEqualTo(RUNNING);
  }

  @Test
  void aProcessThatStaysUpIsRunning() {
    run();
    assertThat(seen).containsExactly(STARTING, RUNNING);
    assertThat(machine.deadline()).isEmpty();
  }

  @Test
  void startsecsZeroIsRunningAtOnce() {
    machine = machine(Autorestart.NEVER, 0, 3);
    tell(new ProcessEvent.StartRequested());
    exit(3);
    assertThat(seen).containsExactly(STARTING, RUNNING, EXITED);
    assertThat(machine.status().spawnError()).isEqualTo("Bad exit code 3");
  }

  @Test
  void nRetriesMakeNPlusOneStartsWithGrowingPauses() {
    machine = machine(Autorestart.UNEXPECTED, 1, 2);
    tell(new ProcessEvent.StartRequested());
    var pauses = new ArrayList<Long>();
    while (machine.status().state() != FATAL) {
      exit(1);
      if (machine.status().state() == BACKOFF) {
        pauses.add(machine.deadline().orElseThrow() - millis);
        passDeadline();
      }
    }
    assertThat(lastPid).isEqualTo(103);
    assertThat(pauses).containsExactly(1000L, 2000L);
    assertThat(machine.status().exitStatus()).isNull();
    assertThat(machine.status().spawnError()).startsWith("Exited too quickly");
  }

  @Test
  void startretriesMinusOneNeverGivesUp() {
    machine = machine(Autorestart.UNEXPECTED, 1, -1);
    tell(new ProcessEvent.StartRequested());
    for (int i = 0; i < 100; i++) {
      exit(1);
      passDeadline();
    }
    assertThat(machine.status().state()).isEqualTo(STARTING);
  }

  @Test
  void anEmptyContractShortensNoPause() {
    machine = machine(Autorestart.ALWAYS, 0, 3);
    tell(new ProcessEvent.StartRequested());
    exit(0);
    tell(new ProcessEvent.ContractEmptied());
    assertThat(machine.status().state()).isEqualTo(BACKOFF);
    assertThat(machine.deadline()).hasValue(millis + 1000);

    millis += 300;
    tell(new ProcessEvent.ContractEmptied());
    assertThat(machine.status().state()).isEqualTo(BACKOFF);
    passDeadline();
    assertThat(machine.status().state()).isEqualTo(RUNNING);
  }

  @Test
  void theCapOfThePauseHoldsAlsoWhenTheContractIsEmptiedLate() {
    machine =
        new ProcessMachine(
            new StartPolicy(true, Autorestart.ALWAYS, 1, -1, List.of(0), 0, 2, 0, 600), STOP, 0);
    tell(new ProcessEvent.StartRequested());
    for (int failure = 0; failure < 5; failure++) {
      long ended = millis;
      tell(new ProcessEvent.Ended(new ProcessEnd.Exited(1), true));
      millis += 500;
      tell(new ProcessEvent.ContractEmptied());
      assertThat(machine.deadline().orElseThrow() - ended).isLessThanOrEqualTo(2000);
      passDeadline();
      assertThat(machine.status().state()).isEqualTo(STARTING);
    }
  }

  @Test
  void theTrueExitTimeDecidesWhetherAStartWasGood() {
    tell(new ProcessEvent.StartRequested());
    millis += 999;
    exit(0);
    assertThat(machine.status().state()).isEqualTo(BACKOFF);
  }

  @Test
  void anUnexpectedExitRestartsAtOnceAndAnExpectedOneDoesNot() {
    run();
    exit(1);
    assertThat(machine.status().state()).isEqualTo(STARTING);
    passDeadline();
    exit(0);
    assertThat(machine.status().state()).isEqualTo(EXITED);
  }

  @Test
  void aProgramThatEndsAtOnceAgainAndAgainStartsOnceASecond() {
    machine = machine(Autorestart.ALWAYS, 0, 3);
    tell(new ProcessEvent.StartRequested());
    exit(0);
    assertThat(machine.status().state()).isEqualTo(BACKOFF);
    assertThat(machine.deadline()).hasValue(millis + 1000);
  }

  @Test
  void aStopSendsTheSignalThenKills() {
    run();
    tell(new ProcessEvent.StopRequested());
    assertThat(orders).contains(new ProcessOrder.Signal(15, false));
    passDeadline();
    assertThat(orders).contains(new ProcessOrder.Signal(9, true));
    tell(new ProcessEvent.Ended(new ProcessEnd.Signaled("SIGKILL"), false));
    assertThat(machine.status().state()).isEqualTo(STOPPED);
    assertThat(machine.status().exitStatus()).isEqualTo(-1);
  }

  @Test
  void aStopIsDoneOnlyWhenNothingIsLeft() {
    run();
    tell(new ProcessEvent.StopRequested());
    tell(new ProcessEvent.Ended(new ProcessEnd.Exited(0), true));
    assertThat(machine.status().state()).isEqualTo(STOPPING);
    assertThat(orders).contains(new ProcessOrder.SignalContract(15));
    passDeadline();
    assertThat(orders).contains(new ProcessOrder.KillContract());
    tell(new ProcessEvent.ContractEmptied());
    assertThat(machine.status().state()).isEqualTo(STOPPED);
  }

  @Test
  void aRestartWaitsForWhatTheCrashedProcessLeftBehind() {
    run();
    tell(new ProcessEvent.Ended(new ProcessEnd.Signaled("SIGSEGV"), true));
    assertThat(machine.status().state()).isEqualTo(BACKOFF);
    assertThat(lastPid).isEqualTo(101);
    tell(new ProcessEvent.ContractEmptied());
    assertThat(lastPid).isEqualTo(102);
  }

  @Test
  void aStopInBackoffIsImmediate() {
    tell(new ProcessEvent.StartRequested());
    exit(1);
    tell(new ProcessEvent.StopRequested());
    assertThat(machine.status().state()).isEqualTo(STOPPED);
    assertThat(machine.deadline()).isEmpty();
  }

  @Test
  void nothingStartsOnceTheServerEnds() {
    run();
    tell(new ProcessEvent.ShutdownBegan());
    exit(1);
    assertThat(machine.status().state()).isEqualTo(EXITED);
    tell(new ProcessEvent.StartRequested());
    assertThat(machine.status().state()).isEqualTo(EXITED);
  }

  @Test
  void aSignalThatCannotBeSentLeavesTheStateUnknown() {
    run();
    tell(new ProcessEvent.SignalFailed("EPERM"));
    assertThat(machine.status().state()).isEqualTo(UNKNOWN);
  }

  @Test
  void aProcessWithReadinessRunsWhenItIsReadyAndFailsWhenItIsNotInTime() {
    machine =
        new ProcessMachine(
            new StartPolicy(true, Autorestart.NEVER, 1, 0, List.of(0), 0, 0, 0, 600), STOP, 60);
    tell(new ProcessEvent.StartRequested());
    assertThat(machine.deadline()).hasValue(millis + 60_000);
    passDeadline();
    assertThat(orders).contains(new ProcessOrder.Signal(15, false));
    tell(new ProcessEvent.BecameReady());
    assertThat(machine.status().state()).isEqualTo(STARTING);
    exit(0);
    assertThat(machine.status().state()).isEqualTo(FATAL);
    assertThat(machine.status().spawnError()).isEqualTo("not ready within 60 seconds");

    tell(new ProcessEvent.StartRequested());
    tell(new ProcessEvent.BecameReady());
    assertThat(machine.status().state()).isEqualTo(RUNNING);
  }

  private void limited(int limit, int windowSeconds) {
    machine =
        new ProcessMachine(
            new StartPolicy(true, Autorestart.ALWAYS, 0, 3, List.of(0), 0, 0, limit, windowSeconds),
            STOP,
            0);
    tell(new ProcessEvent.StartRequested());
  }

  @Test
  void aProgramThatIsRestartedTooOftenInItsWindowIsGivenUpAndSaysWhy() {
    limited(2, 60);
    for (int i = 0; i < 3; i++) {
      millis += 2000;
      exit(3);
    }
    assertThat(machine.status().state()).isEqualTo(FATAL);
    assertThat(machine.status().spawnError())
        .isEqualTo(
            "restarted more than 2 times in 60 seconds (restart_limit); the last time: Bad exit"
                + " code 3");
    assertThat(machine.deadline()).isEmpty();
    tell(new ProcessEvent.StartRequested());
    millis += 2000;
    exit(3);
    assertThat(machine.status().state()).isEqualTo(RUNNING);
  }

  @Test
  void restartsThatAreFarApartAreNotTooMany() {
    limited(2, 60);
    for (int i = 0; i < 20; i++) {
      millis += 30_001;
      exit(3);
      assertThat(machine.status().state()).isEqualTo(RUNNING);
    }
  }

  @Test
  void failedHealthChecksCountAgainstTheLimitAndWishesOfPeopleDoNot() {
    limited(1, 60);
    for (int i = 0; i < 5; i++) {
      tell(new ProcessEvent.RestartRequested("somebody asked", false));
      exit(0);
      assertThat(machine.status().state()).isEqualTo(RUNNING);
    }
    tell(new ProcessEvent.RestartRequested("ill", true));
    exit(0);
    assertThat(machine.status().state()).isEqualTo(RUNNING);
    tell(new ProcessEvent.RestartRequested("ill", true));
    exit(0);
    assertThat(machine.status().state()).isEqualTo(FATAL);
  }

  @Test
  void whatAProgramLeftBehindIsEndedWhenItIsGivenUp() {
    machine = machine(Autorestart.UNEXPECTED, 1, 0);
    tell(new ProcessEvent.StartRequested());
    tell(new ProcessEvent.Ended(new ProcessEnd.Exited(1), true));
    assertThat(machine.status().state()).isEqualTo(FATAL);
    assertThat(orders).contains(new ProcessOrder.SignalContract(15));
    passDeadline();
    assertThat(orders).containsExactly(new ProcessOrder.KillContract());
    tell(new ProcessEvent.ContractEmptied());
    assertThat(machine.deadline()).isEmpty();
    assertThat(machine.status().state()).isEqualTo(FATAL);
  }

  @Test
  void whateverHappensThereIsNeverASecondProcessAndEveryWaitEnds() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      machine =
          machine(Autorestart.values()[random.nextInt(3)], random.nextInt(2), random.nextInt(3));
      boolean left = false;
      for (int step = 0; step < 60; step++) {
        long pid = machine.status().pid();
        switch (random.nextInt(6)) {
          case 0 -> tell(new ProcessEvent.StartRequested());
          case 1 -> tell(new ProcessEvent.StopRequested());
          case 2 -> {
            if (pid != 0) {
              left = random.nextBoolean();
              tell(new ProcessEvent.Ended(new ProcessEnd.Exited(random.nextInt(2)), left));
            }
          }
          case 3 -> {
            if (left) {
              left = false;
              tell(new ProcessEvent.ContractEmptied());
            }
          }
          case 4 -> millis += random.nextInt(3000);
          default -> {
            if (machine.deadline().isPresent() && machine.deadline().getAsLong() <= millis) {
              tell(new ProcessEvent.DeadlinePassed());
            }
          }
        }
        boolean spawned = orders.contains(new ProcessOrder.Spawn());
        assertThat(spawned && pid != 0 && machine.status().pid() == pid)
            .as("seed %d", seed)
            .isFalse();
        ProcessState state = machine.status().state();
        boolean waits = state == BACKOFF || (state == STARTING && machine.status().pid() == 0);
        assertThat(!waits || machine.deadline().isPresent() || left).as("seed %d", seed).isTrue();
        orders = new ArrayList<>();
      }
    }
  }
}
