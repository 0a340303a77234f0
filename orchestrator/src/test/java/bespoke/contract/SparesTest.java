package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening.Choice;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process that waits in the contract to come.
class SparesTest {
  private static final List<String> ENVIRONMENT =
      List.of(
          "PATH=/usr/bin:/bin",
          "TEXT=a 'b' \"$c\" `d` \\n \u00e9\u4e00 \n last",
          "EMPTY=",
          "lower_1=x");

  @TempDir Path directory = Path.of("/nonexistent");
  private final RecordedEvents events = new RecordedEvents();
  private Contracts contracts = Unopened.CONTRACTS;

  @BeforeEach
  void open() {
    assumeTrue(!CgroupMount.writable().isEmpty(), "no writable cgroup2");
    contracts = new ContractsOpening(directory, Choice.CGROUP, events).open();
  }

  @AfterEach
  void close() {
    for (long contract = 1; contract <= 2; contract++) {
      contracts.kill(contract);
      events.awaitEmptied(contract);
      contracts.remove(contract);
    }
    Path tree = WaitingSpare.directory(contracts, 1).getParent();
    contracts.close();
    assertThat(tree).doesNotExist();
  }

  private long spare(long contract) {
    contracts.expect(contract);
    return WaitingSpare.await(contracts, contract);
  }

  private KnownProcess launched(long contract, Launch launch) {
    Launched answer = contracts.launch(contract, launch);
    assertThat(answer).isInstanceOf(Launched.Started.class);
    return ((Launched.Started) answer).process();
  }

  private static Launch sleeper(long run) {
    return Launch.of(run, List.of("sleep", "1000"), ENVIRONMENT);
  }

  @Test
  void aLaunchInTheExpectedContractBecomesTheProcessThatWaits() {
    long waiting = spare(1);
    KnownProcess process = launched(1, sleeper(7));
    assertThat(process.pid()).isEqualTo(waiting);
    assertThat(contracts.members(1)).containsExactly(waiting);
    contracts.signal(1, Signals.TERM);
    assertThat(events.awaitExitOfRun(7).pid()).isEqualTo(waiting);
    events.awaitEmptied(1);
  }

  @Test
  void aProcessFindsTheSameAroundItWhicheverWayItWasMade() throws Exception {
    String files =
        "cat /proc/$$/limits /proc/$$/oom_score_adj; for n in 0 1 2; do grep flags"
            + " /proc/$$/fdinfo/$n; readlink /proc/$$/fd/$n; done; grep -vE"
            + " '^(Name|State|T?[gG]?id|Pid|NS|Vm|Rss|Hugetlb|PPid|.*ctxt|Mems|Cpus|Sig[QPC]|Speculation)'"
            + " /proc/self/status; tr '\\0' '\\n' </proc/$$/cmdline; ls /proc/$$/fd; umask; pwd;"
            + " nice; tr '\\0' '\\n' </proc/$$/environ | sort";
    Credentials credentials =
        new Credentials(
            Optional.of("nobody"),
            Optional.of("daemon"),
            Optional.of(List.of("adm")),
            Optional.of(List.of("net_bind_service")),
            false);
    Launch plain =
        Launch.of(1, List.of("sh", "-c", files, "a 'b'\n$c", ""), ENVIRONMENT)
            .withDirectory(directory.toRealPath());
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    Launch all =
        plain
            .withUmask(027)
            .withLimits(Map.of("nofile", new Limit(100, 200), "fsize", new Limit(1 << 20, 1 << 20)))
            .withOomScoreAdjust(300)
            .withCredentials(OurIdentity.uid() == 0 ? credentials : Credentials.OURS);
    for (Launch launch : List.of(plain, all)) {
      long waiting = spare(1);
      String byTheSpare = report(1, launch, waiting);
      String bySpawn = report(2, launch, 0);
      assertThat(byTheSpare).isEqualTo(bySpawn).contains("TEXT=a 'b' \"$c\" `d` \\n \u00e9\u4e00 ");
      contracts.remove(1);
      contracts.remove(2);
      close();
      open();
    }
  }

  /// @param pid that it must have, or 0
  private String report(long contract, Launch launch, long pid) throws Exception {
    Path log = directory.resolve("log");
    KnownProcess process = launched(contract, launch.withLog(log, 0640));
    assertThat(pid == 0 || process.pid() == pid).isTrue();
    events.await(_ -> events.exits().stream().anyMatch(exit -> exit.pid() == process.pid()));
    String text = Files.readString(log);
    Files.delete(log);
    return text;
  }

  @Test
  void whatAShellCannotSayIsMadeInTheOrdinaryWayAndTheSpareEndsUnnoticed() {
    List<Launch> inexpressible =
        List.of(
            Launch.of(1, List.of("sleep", "1000"), List.of("PATH=/bin", "IFS=x")),
            Launch.of(1, List.of("sleep", "1000"), List.of("PATH=/bin", "with.dot=x")),
            Launch.of(1, List.of("sleep", "1000"), List.of("PATH=/bin", "A=1", "A=2")),
            Launch.of(1, List.of("sleep", "1000"), List.of("PATH=/bin", "A=" + "x".repeat(9000))),
            sleeper(1).withNice(5));
    assertThat(inexpressible).noneMatch(SpareScript::canExpress);
    assertThat(SpareScript.canExpress(sleeper(1))).isTrue();
    long waiting = spare(1);
    KnownProcess process = launched(1, inexpressible.getLast());
    assertThat(process.pid()).isNotEqualTo(waiting);
    assertThat(contracts.members(1)).containsExactly(process.pid());
    assertThat(Processes.stat(waiting)).isEmpty();
    assertThat(events.exits()).isEmpty();
  }

  @Test
  void failuresAreExplainedAsInTheOrdinaryWay() throws Exception {
    Path plain = Files.writeString(directory.resolve("plain"), "text");
    List<Launch> failing =
        Stream.of(
                Launch.of(1, List.of("/nonexistent/program"), ENVIRONMENT),
                Launch.of(1, List.of("no-such-program"), ENVIRONMENT),
                Launch.of(1, List.of(plain.toString()), ENVIRONMENT),
                sleeper(1).withDirectory(Path.of("/nonexistent")),
                sleeper(1).withCredentials(Credentials.ofUser("no-such-user")),
                sleeper(1).withLimits(Map.of("nofile", new Limit(1L << 40, 1L << 40))),
                sleeper(1).withLog(Path.of("/nonexistent/log"), 0644))
            .toList();
    long contract = 10;
    for (Launch launch : failing) {
      spare(contract);
      LaunchFailure bySpare = failure(contract, launch);
      LaunchFailure bySpawn = failure(contract + 1, launch);
      assertThat(bySpare).isEqualTo(bySpawn);
      contract += 2;
    }
  }

  private LaunchFailure failure(long contract, Launch launch) {
    LaunchFailure failure =
        switch (contracts.launch(contract, launch)) {
          case Launched.Failed(LaunchFailure told) -> told;
          case Launched.Started(KnownProcess process) -> {
            events.await(
                _ -> events.exits().stream().anyMatch(exit -> exit.pid() == process.pid()));
            yield events.exits().getLast().failure().orElseThrow();
          }
        };
    contracts.awaitEmpty(contract);
    events.awaitEmptied(contract);
    assertThat(contracts.remove(contract)).isTrue();
    return failure;
  }

  @Test
  void nobodySeesItBeforeItIsUsed() {
    spare(1);
    assertThat(contracts.members(1)).isEmpty();
    assertThat(contracts.isEmpty(1)).isTrue();
    assertThat(contracts.leftBehind()).isEmpty();
    assertThat(events.all()).isEmpty();
  }

  @Test
  void aContractInWhichNothingIsLaunchedIsRemovedWithIt() {
    long waiting = spare(1);
    contracts.create(1, "label");
    assertThat(contracts.remove(1)).isTrue();
    assertThat(WaitingSpare.directory(contracts, 1)).doesNotExist();
    assertThat(Processes.stat(waiting)).isEmpty();
  }

  @Test
  void oneThatWasKilledIsNobodysDeathAndTheNextLaunchWorksAllTheSame() {
    long waiting = spare(1);
    Signals.send(waiting, Signals.KILL);
    for (int i = 0; i < 3000 && Processes.stat(waiting).isPresent(); i++) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(Processes.stat(waiting)).isEmpty();
    KnownProcess process = launched(1, sleeper(3));
    assertThat(contracts.members(1)).containsExactly(process.pid());
    assertThat(events.exits()).isEmpty();
  }

  @Test
  void itMovesOnWhenAnotherContractIsExpected() {
    long first = spare(1);
    Path place = WaitingSpare.directory(contracts, 1);
    long second = spare(2);
    WaitingSpare.awaitGone(place);
    assertThat(Processes.stat(first)).isEmpty();
    assertThat(launched(2, sleeper(1)).pid()).isEqualTo(second);
  }

  private static boolean isAlive(long pid) {
    return Processes.stat(pid).filter(stat -> !stat.isEnded()).isPresent();
  }

  @Test
  void itEndsWithTheDaemonAndTheNextOneClearsItsPlace() throws Exception {
    contracts.close();
    Process holder =
        SeparateJvm.start(ContractHolder.class, directory.toString(), Choice.CGROUP.name());
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine();
          line != null && !line.equals("ready");
          line = reader.readLine()) {
        // three contracts, then a spare for the fourth
      }
    }
    Path place = WaitingSpare.directory(contracts, ContractHolder.EXPECTED);
    long waiting = WaitingSpare.awaitIn(place);
    holder.destroyForcibly().waitFor();
    for (int i = 0; i < 3000 && isAlive(waiting); i++) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(isAlive(waiting)).isFalse(); // it may wait to be reaped: we are its subreaper
    open();
    assertThat(contracts.leftBehind()).contains(ContractHolder.EXPECTED);
    contracts.abandon(ContractHolder.EXPECTED);
    WaitingSpare.awaitGone(place);
    for (long contract : contracts.leftBehind()) {
      contracts.kill(contract);
      events.awaitEmptied(contract);
      contracts.remove(contract);
    }
  }
}
