package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening.Choice;
import bespoke.model.MethodOutcome;
import bespoke.os.Descriptor;
import bespoke.os.Processes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a launched process finds around itself, as it reports it; however it was made.
@ParameterizedClass
@EnumSource
class LaunchContextTest {
  private static final List<String> ENVIRONMENT =
      List.of("PATH=/usr/bin:/bin", "GREETING=a 'b' $c");

  /// Who makes it: system calls of our own, or posix_spawn(3) with a shell.
  enum Way {
    DIRECT(Choice.CGROUP),
    ORDINARY(Choice.CGROUP),
    DIRECT_TRACKED(Choice.TRACKING),
    ORDINARY_TRACKED(Choice.TRACKING);

    final Choice choice;

    Way(Choice choice) {
      this.choice = choice;
    }

    boolean isTracked() {
      return choice == Choice.TRACKING;
    }

    Contracts open(Path directory, ContractListener listener) {
      ContractsOpening opening = new ContractsOpening(directory, choice, listener);
      return this == ORDINARY || this == ORDINARY_TRACKED
          ? opening.openOrdinarily()
          : opening.open();
    }
  }

  @Parameter Way way = Way.DIRECT;
  @TempDir Path directory = Path.of("/nonexistent");
  private final RecordedEvents events = new RecordedEvents();
  private Contracts contracts = Unopened.CONTRACTS;
  private Path log = directory;

  @BeforeEach
  void open() throws Exception {
    if (!way.isTracked()) {
      assumeTrue(!CgroupMount.writable().isEmpty(), "no writable cgroup2");
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    log = directory.resolve("log");
    contracts = way.open(directory, events);
  }

  @AfterEach
  void close() {
    contracts.kill(1);
    events.awaitEmptied(1);
    contracts.remove(1);
    contracts.close();
  }

  private static Launch shell(String script) {
    return Launch.of(1, List.of("/bin/sh", "-c", script), ENVIRONMENT);
  }

  /// Runs it and returns what it wrote.
  private List<String> report(Launch launch) throws Exception {
    contracts.launch(1, launch.withLog(log, 0640));
    ProcessExit exit = events.awaitExitOfRun(1);
    String text = Files.exists(log) ? Files.readString(log) : "";
    assertThat(exit.outcome()).as(text).isEqualTo(new MethodOutcome.Exited(0));
    return text.lines().toList();
  }

  private static void assumeRoot() {
    assumeTrue(OurIdentity.uid() == 0, "needs root");
  }

  @Test
  void withNothingAskedForItIsAloneInItsSessionWithNothingInheritedOrBlocked() throws Exception {
    List<String> report =
        report(
            shell(
                "env | grep -v BESPOKE_ | sort; pwd; echo pid $$; cut -d' ' -f6 /proc/$$/stat;"
                    + " grep -E 'SigBlk|SigIgn' /proc/$$/status | cut -f2; ls /proc/$$/fd;"
                    + " readlink /proc/$$/fd/0"));
    String pid = report.get(4).substring("pid ".length());
    assertThat(report.subList(0, 4))
        .containsExactly("GREETING=a 'b' $c", "PATH=/usr/bin:/bin", "PWD=/", "/");
    assertThat(report.get(5)).isEqualTo(pid);
    assertThat(report.get(6)).isEqualTo("0000000000000000");
    assertThat(Long.parseUnsignedLong(report.get(7), 16) & 0x7fffffff).isZero();
    assertThat(report.subList(8, report.size())).containsExactly("0", "1", "2", "/dev/null");
  }

  @Test
  void everythingAtOnceIsAsAsked() throws Exception {
    assumeRoot();
    Credentials credentials =
        new Credentials(
            Optional.of("nobody"),
            Optional.of("daemon"),
            Optional.of(List.of("adm", "12")),
            Optional.of(List.of("net_bind_service")),
            true);
    Launch launch =
        shell(
                "id -u; id -g; id -G; umask; ulimit -n; ulimit -Hn; ulimit -c; grep 'Max processes'"
                    + " /proc/$$/limits | tr -s ' '; nice; cat /proc/self/oom_score_adj; pwd; grep"
                    + " -E 'CapBnd|CapEff|CapAmb|NoNewPrivs' /proc/$$/status | cut -f2")
            .withCredentials(credentials)
            .withUmask(027)
            .withLimits(
                Map.of(
                    "nofile", new Limit(1000, 2000),
                    "core", new Limit(0, 0),
                    "nproc", new Limit(5000, 6000)))
            .withNice(5)
            .withOomScoreAdjust(300)
            .withDirectory(Path.of("/usr"));
    assertThat(report(launch))
        .containsExactly(
            "65534",
            "1",
            "1 4 12",
            "0027",
            "1000",
            "2000",
            "0",
            "Max processes 5000 6000 processes ",
            "5",
            "300",
            "/usr",
            "0000000000000400",
            "0000000000000400",
            "0000000000000400",
            "1");
    if (!way.isTracked()) {
      assertThat(contracts.description()).contains("bespoke-");
    }
  }

  @Test
  void aUserGetsItsOwnGroups() throws Exception {
    assumeRoot();
    List<String> report =
        report(shell("id -un; id -gn; id -G").withCredentials(Credentials.ofUser("nobody")));
    assertThat(report).containsExactly("nobody", "nogroup", "65534");
  }

  @Test
  void limitsThatTheShellCannotExpressAreExactAllTheSame() throws Exception {
    Launch launch =
        shell("grep -E 'Max (file size|locked memory)' /proc/$$/limits | tr -s ' '")
            .withLimits(Map.of("fsize", new Limit(1_000_001, 1_000_001)));
    assertThat(report(launch).getFirst()).startsWith("Max file size 1000001 1000001");
  }

  @Test
  void aLimitThatMayNotBeSetIsAFailureOfTheContext() {
    Launch launch = shell("exit 0").withLimits(Map.of("nofile", new Limit(1L << 40, 1L << 40)));
    LaunchFailure failure =
        contracts.launch(1, launch) instanceof Launched.Failed(LaunchFailure told)
            ? told
            : events.awaitExitOfRun(1).failure().orElseThrow();
    assertThat(failure)
        .isEqualTo(
            new LaunchFailure(
                LaunchFailure.Kind.CONTEXT, "cannot set a limit: it exceeds what we may set"));
  }

  @Test
  void logsAreAppendedToWithTheirModeAndInputIsReadFromWhereItIsSaid() throws Exception {
    Path input = Files.writeString(directory.resolve("input"), "from the file\n");
    Files.writeString(log, "before\n");
    Path errors = directory.resolve("errors");
    Launch launch =
        shell("cat; echo wrong >&2")
            .withStreams(
                new Stream.ReadFrom(input),
                new Stream.Append(log, 0600),
                new Stream.Append(errors, 0600));
    contracts.launch(1, launch);
    events.awaitExitOfRun(1);
    assertThat(log).hasContent("before\nfrom the file\n");
    assertThat(errors).hasContent("wrong\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(errors)))
        .isEqualTo("rw-------");
  }

  @Test
  void descriptorsArriveAtTheirNumbersEvenCrosswise() throws Exception {
    Descriptor.Pipe first = Descriptor.pipe();
    Descriptor.Pipe second = Descriptor.pipe();
    // the lower numbers of this process are asked for at the places of the others
    Map<Integer, Integer> crossing =
        Map.of(
            second.writer().number(),
            first.writer().number(),
            first.writer().number(),
            second.writer().number(),
            3,
            first.writer().number());
    Launch launch =
        shell(
                "echo one >/proc/self/fd/"
                    + second.writer().number()
                    + "; echo two >/proc/self/fd/"
                    + first.writer().number()
                    + "; echo three >&3")
            .withDescriptors(crossing);
    contracts.launch(1, launch);
    first.writer().close();
    second.writer().close();
    events.awaitExitOfRun(1);
    assertThat(readAll(first.reader())).isEqualTo("one\nthree\n");
    assertThat(readAll(second.reader())).isEqualTo("two\n");
  }

  private static String readAll(Descriptor reader) {
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    while (reader.read(buffer) > 0) {
      // until the last writer is gone
    }
    reader.close();
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  @Test
  void theProcessIsInItsContractBeforeItsFirstInstruction() throws Exception {
    assumeTrue(!way.isTracked(), "only cgroups tell");
    assertThat(report(shell("grep ^0:: /proc/self/cgroup")).getFirst())
        .matches("0::.*/bespoke-[0-9a-f]+/1")
        .isNotEqualTo("0::" + Processes.cgroup(Processes.self()).orElseThrow());
  }
}
