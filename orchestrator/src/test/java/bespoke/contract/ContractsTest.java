package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening.Choice;
import bespoke.contract.RecordedEvents.Told;
import bespoke.model.MethodOutcome;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Contracts on real processes, with either back end.
@ParameterizedClass
@EnumSource(
    value = Choice.class,
    names = {"CGROUP", "TRACKING"})
class ContractsTest {
  static final List<String> ENVIRONMENT = List.of("PATH=/usr/bin:/bin");

  /// Forks twice, with a session of its own in between; the first process ends at once.
  static final String DAEMON = "(setsid sh -c 'sleep 1000 & sleep 1000' &) ; exit 0";

  @Parameter Choice choice = Choice.BEST;
  @TempDir Path directory = Path.of("/nonexistent");
  private final RecordedEvents events = new RecordedEvents();
  private Contracts contracts = Unopened.CONTRACTS;

  @BeforeEach
  void open() {
    if (choice == Choice.CGROUP) {
      assumeTrue(!CgroupMount.writable().isEmpty(), "no writable cgroup2");
    }
    contracts = new ContractsOpening(directory, choice, events).open();
  }

  @AfterEach
  void killWhatIsLeft() {
    for (long contract = 1; contract <= 3; contract++) {
      long emptied = events.emptied(contract);
      long number = contract;
      contracts.kill(contract);
      events.await(_ -> events.emptied(number) > emptied);
      contracts.remove(contract);
    }
    contracts.close();
  }

  private static Launch shell(long run, String script) {
    return Launch.of(run, List.of("/bin/sh", "-c", script), ENVIRONMENT);
  }

  private KnownProcess started(long contract, Launch launch) {
    Launched answer = contracts.launch(contract, launch);
    assertThat(answer).isInstanceOf(Launched.Started.class);
    return ((Launched.Started) answer).process();
  }

  /// Waits until exactly these commands run in a contract.
  private void awaitMembers(long contract, String... commands) {
    List<String> running = List.of();
    for (int i = 0; i < 3000 && !running.equals(List.of(commands)); i++) {
      LockSupport.parkNanos(5_000_000);
      running =
          contracts.members(contract).stream()
              .flatMap(pid -> Processes.stat(pid).stream())
              .map(Processes.Stat::command)
              .sorted()
              .toList();
    }
    assertThat(running).containsExactly(commands);
  }

  @Test
  void aProcessIsToldAsStartedThenExitedThenItsContractAsEmptied() {
    KnownProcess process = started(1, shell(7, "exit 5"));
    events.awaitEmptied(1);
    ProcessExit exit = events.exits().getFirst();
    assertThat(exit.outcome()).isEqualTo(new MethodOutcome.Exited(5));
    assertThat(exit.run()).isEqualTo(OptionalLong.of(7));
    assertThat(exit.contract()).isEqualTo(1);
    assertThat(exit.pid()).isEqualTo(process.pid());
    assertThat(exit.waitStatus()).hasValue(5 << 8);
    assertThat(events.all())
        .containsExactly(
            new Told.Started(1, 7, process.pid()), new Told.Exited(exit), new Told.Emptied(1));
  }

  @Test
  void aSignalThatEndsAProcessIsTold() {
    started(1, shell(1, "kill -QUIT $$"));
    assertThat(events.awaitExitOfRun(1).outcome())
        .isInstanceOfSatisfying(
            MethodOutcome.Signaled.class,
            signaled -> assertThat(signaled.signal()).isEqualTo(Signals.QUIT));
  }

  @Test
  void aDoubleForkingDaemonStaysInItsContract() throws Exception {
    started(1, shell(1, DAEMON));
    events.awaitExitOfRun(1);
    awaitMembers(1, "sh", "sleep", "sleep");
    assertThat(contracts.isEmpty(1)).isFalse();
    assertThat(events.emptied(1)).isZero();
    for (long member : contracts.members(1)) {
      assertThat(contracts.contractOf(member)).hasValue(1);
    }
    assertThat(contracts.contractOf(Processes.self())).isEmpty();
    assertThat(contracts.contractOf(1)).isEmpty();
  }

  @Test
  void killingLeavesNoProcess() throws Exception {
    started(1, shell(1, "(" + DAEMON + "); sleep 1000 & exit 0"));
    started(1, shell(2, DAEMON));
    awaitMembers(1, "sh", "sh", "sleep", "sleep", "sleep", "sleep", "sleep");
    List<Long> members = contracts.members(1);
    contracts.kill(1);
    events.awaitEmptied(1);
    assertThat(contracts.members(1)).isEmpty();
    assertThat(members)
        .allSatisfy(
            pid -> assertThat(Processes.stat(pid).filter(stat -> !stat.isEnded())).isEmpty());
  }

  @Test
  void killingEndsAlsoWhatForksAllTheTime() {
    started(1, shell(1, "f() { while :; do (sleep 1000 &) ; sleep 0.001; done; }; f & f & f"));
    LongStream.range(0, 3).forEach(_ -> Thread.onSpinWait());
    contracts.kill(1);
    events.awaitEmptied(1);
    assertThat(contracts.members(1)).isEmpty();
  }

  @Test
  void aSignalReachesEveryMember() throws Exception {
    started(1, shell(1, DAEMON));
    awaitMembers(1, "sh", "sleep", "sleep");
    assertThat(contracts.signal(1, Signals.TERM)).isEqualTo(3);
    events.awaitEmptied(1);
  }

  @Test
  void awaitingAnEmptyOrUnknownContractIsAnsweredAtOnce() {
    contracts.awaitEmpty(1);
    assertThat(events.emptied(1)).isOne();
    contracts.create(2, "");
    contracts.awaitEmpty(2);
    assertThat(events.emptied(2)).isOne();
  }

  @Test
  void everyEmptyingOfManyShortLivedContractsIsTold() {
    for (int i = 0; i < 200; i++) {
      started(100 + i, Launch.of(i, List.of("/bin/true"), ENVIRONMENT));
    }
    for (int i = 0; i < 200; i++) {
      events.awaitEmptied(100 + i);
      assertThat(events.emptied(100 + i)).isOne();
      assertThat(contracts.remove(100 + i)).isTrue();
    }
  }

  @Test
  void fiveHundredDoubleForkingChildrenLeaveNoZombie() {
    for (int i = 0; i < 500; i++) {
      started(1, shell(i, "(setsid sh -c 'sleep 0.05' & sleep 0.02 &); exit 3"));
    }
    events.await(
        _ -> events.exits().stream().filter(exit -> exit.run().isPresent()).count() == 500);
    contracts.awaitEmpty(1);
    events.awaitEmptied(1);
    for (int i = 0; i < 2000 && Processes.ourChildren().findAny().isPresent(); i++) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(events.exits())
        .filteredOn(exit -> exit.run().isPresent())
        .hasSize(500)
        .allSatisfy(exit -> assertThat(exit.outcome()).isEqualTo(new MethodOutcome.Exited(3)));
    assertThat(events.exits()).allSatisfy(exit -> assertThat(exit.contract()).isEqualTo(1));
    assertThat(Processes.ourChildren()).isEmpty();
  }

  @Test
  void whatIsToldAsEmptyAfterAStartIsEmptyEvenWhenKilledWhileStarting() throws Exception {
    for (int i = 0; i < 100; i++) {
      long contract = 1000L + i;
      Thread starter =
          Thread.ofPlatform()
              .start(() ->
                  contracts.launch(
                      contract, Launch.of(contract, List.of("sleep", "1000"), ENVIRONMENT)));
      contracts.kill(contract);
      starter.join();
      contracts.kill(contract);
      events.await(told -> {
        int start = indexOfStart(told, contract);
        return start >= 0 && told.subList(start, told.size()).contains(new Told.Emptied(contract));
      });
      assertThat(contracts.members(contract)).isEmpty();
      assertThat(contracts.remove(contract)).isTrue();
    }
    assertThat(events.exits()).hasSize(100);
  }

  private static int indexOfStart(List<Told> told, long contract) {
    for (int i = told.size() - 1; i >= 0; i--) {
      if (told.get(i) instanceof Told.Started(long where, long _, long _) && where == contract) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void manyThreadsMayLaunchAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        int number = i;
        threads.execute(() -> started(1 + number % 3, shell(number, "exit " + number % 100)));
      }
    }
    events.await(_ -> events.exits().size() == 200);
    assertThat(events.exits())
        .allSatisfy(exit -> {
          int run = (int) exit.run().orElseThrow();
          assertThat(exit.contract()).isEqualTo(1 + run % 3);
          assertThat(exit.outcome()).isEqualTo(new MethodOutcome.Exited(run % 100));
        });
    List<Told> told = events.all();
    for (ProcessExit exit : events.exits()) {
      Told start = new Told.Started(exit.contract(), exit.run().orElseThrow(), exit.pid());
      assertThat(told.indexOf(start)).isBetween(0, told.indexOf(new Told.Exited(exit)));
    }
  }

  @Test
  void contractsAreKeptApart() throws Exception {
    started(1, shell(1, DAEMON));
    started(2, shell(2, DAEMON));
    awaitMembers(1, "sh", "sleep", "sleep");
    awaitMembers(2, "sh", "sleep", "sleep");
    contracts.kill(1);
    events.awaitEmptied(1);
    assertThat(contracts.members(2)).hasSize(3);
    assertThat(events.emptied(2)).isZero();
  }

  @Test
  void anAbandonedContractIsNotToldOfAnyMore() throws Exception {
    started(1, shell(1, "sleep 1000 & exit 0"));
    events.awaitExitOfRun(1);
    awaitMembers(1, "sleep");
    long member = contracts.members(1).getFirst();
    contracts.abandon(1);
    int before = events.all().size();
    started(
        2, shell(2, "kill " + member + "; while kill -0 " + member + " 2>/dev/null; do :; done"));
    events.awaitEmptied(2);
    assertThat(events.all().subList(before, events.all().size()))
        .noneMatch(event -> event instanceof Told.Exited(ProcessExit exit) && exit.contract() == 1)
        .doesNotContain(new Told.Emptied(1));
  }

  @Test
  void aContractWithMembersIsNotRemoved() {
    started(1, shell(1, "sleep 1000"));
    assertThat(contracts.remove(1)).isFalse();
    contracts.kill(1);
    events.awaitEmptied(1);
    assertThat(contracts.remove(1)).isTrue();
    assertThat(contracts.leftBehind()).doesNotContain(1L);
  }

  // --- failures

  private LaunchFailure failure(Launch launch) {
    return switch (contracts.launch(1, launch)) {
      case Launched.Failed(LaunchFailure failure) -> failure;
      case Launched.Started _ -> {
        ProcessExit exit = events.awaitExitOfRun(launch.run());
        assertThat(exit.outcome()).isInstanceOf(MethodOutcome.NotRun.class);
        yield exit.failure().orElseThrow();
      }
    };
  }

  private Path file(String name, String content, boolean isExecutable) throws Exception {
    Path file = Files.writeString(directory.resolve(name), content);
    assertThat(file.toFile().setExecutable(isExecutable)).isTrue();
    return file;
  }

  private LaunchFailure.Kind kindOf(String program) {
    return failure(Launch.of(1, List.of(program), ENVIRONMENT)).kind();
  }

  @Test
  void aMissingProgramIsNamed() {
    LaunchFailure failure = failure(Launch.of(1, List.of("/nonexistent/program"), ENVIRONMENT));
    assertThat(failure.kind()).isEqualTo(LaunchFailure.Kind.MISSING);
    assertThat(failure.reason())
        .isEqualTo("cannot execute /nonexistent/program: it does not exist");
    assertThat(failure.isRetryable()).isFalse();
  }

  @Test
  void aProgramThatIsNowhereInThePathIsMissing() {
    assertThat(kindOf("no-such-program")).isEqualTo(LaunchFailure.Kind.MISSING);
  }

  @Test
  void aFileThatIsNotExecutableIsSaidToBeSo() throws Exception {
    assertThat(kindOf(file("plain", "#!/bin/sh\n", false).toString()))
        .isEqualTo(LaunchFailure.Kind.NOT_EXECUTABLE);
    assertThat(kindOf(directory.toString())).isEqualTo(LaunchFailure.Kind.NOT_EXECUTABLE);
  }

  @Test
  void aMissingInterpreterIsNamed() throws Exception {
    Path script = file("script", "#!/nonexistent/interpreter -x\n", true);
    LaunchFailure failure = failure(Launch.of(1, List.of(script.toString()), ENVIRONMENT));
    assertThat(failure.kind()).isEqualTo(LaunchFailure.Kind.BAD_INTERPRETER);
    assertThat(failure.reason()).contains("\"/nonexistent/interpreter\"");
  }

  @Test
  void aMissingDirectoryIsNamed() {
    Launch launch = shell(1, "exit 0").withDirectory(Path.of("/nonexistent"));
    assertThat(failure(launch))
        .isEqualTo(
            new LaunchFailure(
                LaunchFailure.Kind.DIRECTORY,
                "cannot enter the working directory /nonexistent: it does not exist"));
  }

  @Test
  void anUnknownUserOrGroupIsNamed() {
    Launch launch = shell(1, "exit 0");
    assertThat(failure(launch.withCredentials(Credentials.ofUser("nosuchuser"))))
        .isEqualTo(
            new LaunchFailure(
                LaunchFailure.Kind.UNKNOWN_USER,
                "cannot set the user: there is no user \"nosuchuser\""));
    Credentials group =
        new Credentials(
            Optional.empty(),
            Optional.of("nosuchgroup"),
            Optional.empty(),
            Optional.empty(),
            false);
    assertThat(failure(launch.withCredentials(group)).kind())
        .isEqualTo(LaunchFailure.Kind.UNKNOWN_GROUP);
  }

  @Test
  void aLogThatCannotBeOpenedIsNamed() {
    Launch launch = shell(1, "exit 0").withLog(directory.resolve("no/such/log"), 0644);
    assertThat(failure(launch).kind()).isEqualTo(LaunchFailure.Kind.INPUT_OUTPUT);
  }

  @Test
  void theProgramsOwn127IsNotTakenForAFailureToExecute() {
    for (int status : List.of(1, 2, 121, 126, 127)) {
      Launch launch = shell(status, "exit " + status).withUmask(022);
      started(1, launch);
      assertThat(events.awaitExitOfRun(status).outcome())
          .isEqualTo(new MethodOutcome.Exited(status));
    }
  }

  @Test
  void aNulCharacterIsRefusedRatherThanCutOff() {
    assertThat(failure(Launch.of(1, List.of("/bin/echo", "a\0b"), ENVIRONMENT)).kind())
        .isEqualTo(LaunchFailure.Kind.CONTEXT);
    assertThat(failure(Launch.of(1, List.of("/bin/true"), List.of("A=\0"))).kind())
        .isEqualTo(LaunchFailure.Kind.CONTEXT);
  }

  @Test
  void aFileWithoutInterpreterLineIsRunByTheShell() throws Exception {
    Path script = file("bare", "exit 9\n", true);
    started(1, Launch.of(1, List.of(script.toString()), ENVIRONMENT));
    assertThat(events.awaitExitOfRun(1).outcome()).isEqualTo(new MethodOutcome.Exited(9));
  }
}
