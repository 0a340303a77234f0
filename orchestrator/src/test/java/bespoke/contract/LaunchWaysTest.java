package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.LaunchContextTest.Way;
import bespoke.os.DirectSpawner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process finds the same around itself, and a failure has the same reason, whoever makes it.
class LaunchWaysTest {
  private static final List<String> ENVIRONMENT =
      List.of(
          "PATH=/usr/bin:/bin",
          "TEXT=a 'b' \"$c\" `d` \\n \u00e9\u4e00 \n last",
          "EMPTY=",
          "lower_1=x");

  /// Everything that the kernel tells of it, but what differs from process to process.
  private static final String REPORT =
      "cat /proc/$$/limits /proc/$$/oom_score_adj; for n in 0 1 2 5 9; do grep -s flags"
          + " /proc/$$/fdinfo/$n; readlink /proc/$$/fd/$n; done; grep -vE"
          + " '^(Name|State|T?gid|Pid|NS|Vm|Rss|Hugetlb|PPid|.*ctxt|Mems|Cpus|SigQ|Speculation)'"
          + " /proc/self/status; tr '\\0' '\\n' </proc/$$/cmdline; ls /proc/$$/fd; umask; pwd;"
          + " nice; cut -d' ' -f19,40,41 /proc/$$/stat; test $$ = $(cut -d' ' -f6 /proc/$$/stat) ||"
          + " echo no session; tr '\\0' '\\n' </proc/$$/environ | grep -vE '^(BESPOKE|PWD)' | sort";

  @TempDir Path directory = Path.of("/nonexistent");
  private Path log = directory;

  @BeforeEach
  void needBoth() throws Exception {
    assumeTrue(!CgroupMount.writable().isEmpty(), "no writable cgroup2");
    assumeTrue(DirectSpawner.open(Optional.empty()).isPresent(), "no direct way");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    log = directory.resolve("log");
  }

  private Launch reporting() throws Exception {
    return Launch.of(1, List.of("/bin/sh", "-c", REPORT, "a 'b'\n$c", ""), ENVIRONMENT)
        .withDirectory(directory.toRealPath());
  }

  private Launch withEverything(Credentials credentials) throws Exception {
    return reporting()
        .withUmask(027)
        .withLimits(
            Map.of(
                "nofile", new Limit(100, 200),
                "fsize", new Limit(1 << 20, 1_000_000_001),
                "core", new Limit(0, Limit.UNLIMITED),
                "stack", new Limit(4 << 20, 4 << 20),
                "nproc", new Limit(5000, 6000)))
        .withOomScoreAdjust(300)
        .withNice(5)
        .withDescriptors(Map.of(5, 0, 9, 2))
        .withCredentials(credentials);
  }

  @Test
  void aProcessFindsTheSameAroundItWhicheverWayItWasMade() throws Exception {
    List<Launch> launches = new ArrayList<>(List.of(reporting(), withEverything(Credentials.OURS)));
    if (OurIdentity.uid() == 0) {
      Optional<List<String>> none = Optional.of(List.of());
      Optional<List<String>> two = Optional.of(List.of("net_bind_service", "kill"));
      Optional<List<String>> groups = Optional.of(List.of("adm", "12", "audio"));
      Optional<String> nobody = Optional.of("nobody");
      for (Credentials credentials :
          List.of(
              Credentials.ofUser("nobody"),
              new Credentials(nobody, Optional.of("daemon"), groups, two, true),
              new Credentials(nobody, Optional.empty(), none, none, false),
              new Credentials(Optional.empty(), Optional.empty(), groups, Optional.empty(), true),
              new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), two, false),
              new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), none, true))) {
        launches.add(withEverything(credentials));
      }
    }
    for (Launch launch : launches) {
      String expected = report(Way.ORDINARY, launch);
      assertThat(expected).contains("TEXT=a 'b' \"$c\" `d` \\n \u00e9\u4e00 ").contains("Uid:");
      for (Way way : List.of(Way.DIRECT, Way.DIRECT_TRACKED)) {
        assertThat(report(way, launch)).as("%s %s", way, launch).isEqualTo(expected);
      }
    }
  }

  private String report(Way way, Launch launch) throws Exception {
    RecordedEvents events = new RecordedEvents();
    try (Contracts contracts = way.open(directory, events)) {
      assertThat(contracts.launch(1, launch.withLog(log, 0640)))
          .isInstanceOf(Launched.Started.class);
      events.awaitExitOfRun(1);
      events.awaitEmptied(1);
      contracts.remove(1);
      // posix_spawn(3) leaves two signals of the C library's own ignored (nptl(7))
      return Files.readString(log)
          .replace("SigIgn:\t0000000180000000", "SigIgn:\t0000000000000000");
    } finally {
      Files.deleteIfExists(log);
    }
  }

  @Test
  void aFailureHasTheSameReasonWhicheverWayItWasTried() throws Exception {
    Path plain = Files.writeString(directory.resolve("plain"), "text");
    Path lost = executable("lost", "#!/nonexistent/interpreter\n");
    Launch sleeper = Launch.of(1, List.of("sleep", "1000"), ENVIRONMENT);
    List<Launch> failing =
        List.of(
            Launch.of(1, List.of("/nonexistent/program"), ENVIRONMENT),
            Launch.of(1, List.of("no-such-program"), ENVIRONMENT),
            Launch.of(1, List.of(plain.toString()), ENVIRONMENT),
            Launch.of(1, List.of(lost.toString()), ENVIRONMENT),
            Launch.of(1, List.of(directory.toString()), ENVIRONMENT),
            sleeper.withDirectory(Path.of("/nonexistent")),
            sleeper.withDirectory(plain),
            sleeper.withCredentials(Credentials.ofUser("no-such-user")),
            sleeper.withLimits(Map.of("nofile", new Limit(1L << 40, 1L << 40))),
            sleeper.withLog(Path.of("/nonexistent/log"), 0644));
    for (Launch launch : failing) {
      LaunchFailure expected = failure(Way.ORDINARY, launch);
      assertThat(failure(Way.DIRECT, launch)).isEqualTo(expected);
      assertThat(failure(Way.DIRECT_TRACKED, launch)).isEqualTo(expected);
    }
  }

  @Test
  void theDirectWayKnowsWhichStepFailed() throws Exception {
    Launch sleeper = Launch.of(1, List.of("sleep", "1000"), ENVIRONMENT);
    assertThat(failure(Way.DIRECT, sleeper.withDescriptors(Map.of(7, 999))).reason())
        .isEqualTo("cannot pass a descriptor: Bad file descriptor");
    assertThat(failure(Way.DIRECT, sleeper.withOomScoreAdjust(2000)).reason())
        .isEqualTo("cannot set the oom score: Invalid argument");
    assertThat(failure(Way.DIRECT, sleeper.withLimits(Map.of("core", new Limit(2, 1)))).reason())
        .isEqualTo("cannot set a limit: Invalid argument");
    Launch large =
        Launch.of(1, List.of("sleep", "1"), List.of("PATH=/bin", "A=" + "x".repeat(200_000)));
    assertThat(failure(Way.DIRECT, large).reason())
        .isEqualTo("cannot execute /bin/sleep: Argument list too long");
  }

  @Test
  void aFileWithoutAFirstLineIsRunByTheShellAndNoVariableIsLost() throws Exception {
    Path script = executable("script", "echo \"$0 $1\"; tr '\\0' '\\n' </proc/$$/environ");
    Launch launch =
        Launch.of(
            1,
            List.of(script.toString(), "a b"),
            List.of("PATH=/bin:/usr/bin", "IFS=x", "with.dot=y", "A=1", "A=2"));
    assertThat(report(Way.DIRECT, launch))
        .isEqualTo(script + " a b\nPATH=/bin:/usr/bin\nIFS=x\nwith.dot=y\nA=1\nA=2\n");
  }

  private Path executable(String name, String text) throws Exception {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private LaunchFailure failure(Way way, Launch launch) {
    RecordedEvents events = new RecordedEvents();
    try (Contracts contracts = way.open(directory, events)) {
      LaunchFailure failure =
          switch (contracts.launch(1, launch)) {
            case Launched.Failed(LaunchFailure told) -> told;
            case Launched.Started _ -> events.awaitExitOfRun(1).failure().orElseThrow();
          };
      contracts.awaitEmpty(1);
      events.awaitEmptied(1);
      assertThat(contracts.remove(1)).isTrue();
      return failure;
    }
  }
}
