package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.InstanceRecord;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// The daemon is killed in the middle of something, and the next one goes on.
@ParameterizedClass
@ValueSource(strings = {"cgroup", "tracking"})
class SurvivalTest {

  @TempDir Path directory;

  private final String contracts;
  private Path root;
  private Path manifests;

  SurvivalTest(String contracts) {
    this.contracts = contracts;
  }

  @BeforeEach
  void prepare() throws IOException {
    root = directory.resolve("r");
    manifests = Files.createDirectory(directory.resolve("m"));
  }

  private DaemonProcess start() throws IOException {
    return DaemonProcess.start(root, manifests, "--contracts", contracts);
  }

  private void service(String start, String stop, String more) throws IOException {
    Files.writeString(
        manifests.resolve("a.yaml"),
        """
        service: t/a
        enabled: true
        methods:
          start: {exec: 'echo start >> DIR/runs; %s', timeout_seconds: 60}
          stop: {exec: '%s', timeout_seconds: 60}
        %s
        """
            .formatted(start, stop, more)
            .replace("DIR", directory.toString()));
  }

  private List<String> runs() throws IOException {
    return Files.readAllLines(directory.resolve("runs"));
  }

  private static List<Long> pids(InstanceRecord instance) {
    return instance.detail().processes().stream().map(process -> process.pid()).toList();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void until(Condition condition) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void untilFile(String name) throws IOException {
    until(() -> Files.exists(directory.resolve(name)));
  }

  private void make(String name) throws IOException {
    Files.writeString(directory.resolve(name), "");
  }

  private static final String WAIT_FOR_GO =
      "touch DIR/up; while ! [ -e DIR/go ]; do sleep 0.02; done; ";

  @Test
  void aServiceThatIsItsProcessKeepsItAndIsWatchedAgain() throws Exception {
    service("exec sleep 1000", ":kill", "startd: {duration: child}");
    List<Long> before;
    try (DaemonProcess daemon = start()) {
      daemon.awaitSettled();
      before = pids(daemon.instance("a"));
      assertThat(before).hasSize(1);
      daemon.kill();
    }
    try (DaemonProcess daemon = start()) {
      daemon.awaitSettled();
      assertThat(pids(daemon.instance("a"))).isEqualTo(before);
      assertThat(runs()).hasSize(1);
      ProcessHandle.of(before.getFirst()).orElseThrow().destroyForcibly();
      until(() -> runs().size() == 2);
    }
  }

  @Test
  void aNewDaemonTakesTheProcessOverAndSeesHowItsChildrenEnd() throws Exception {
    service("exec sleep 1000", ":kill", "startd: {duration: child}");
    try (DaemonProcess daemon = start()) {
      daemon.awaitSettled();
      List<Long> before = pids(daemon.instance("a"));
      assertThat(daemon.act("restart", "svc:/system/svc/restarter:default")).contains("outcome");
      daemon.awaitSettled(); // the next one, in the same process
      assertThat(pids(daemon.instance("a"))).isEqualTo(before);
      assertThat(runs()).hasSize(1);
      Signals.send(before.getFirst(), Signals.KILL);
      until(() -> runs().size() == 2);
      Path log = root.resolve("log").resolve("t-a:default.log");
      assertThat(Files.readString(log)).contains("failed due to signal KILL");
    }
  }

  @Test
  void aServiceThatDiedMeanwhileIsStartedAgain() throws Exception {
    service("exec sleep 1000", ":kill", "startd: {duration: child}");
    List<Long> before;
    try (DaemonProcess daemon = start()) {
      daemon.awaitSettled();
      before = pids(daemon.instance("a"));
      daemon.kill();
    }
    ProcessHandle.of(before.getFirst()).orElseThrow().destroyForcibly();
    try (DaemonProcess daemon = start()) {
      until(() -> runs().size() == 2);
      daemon.awaitSettled();
      until(() -> daemon.instance("a").state().equals("online"));
      assertThat(pids(daemon.instance("a"))).hasSize(1).doesNotContainAnyElementsOf(before);
    }
  }

  @Test
  void aStartMethodThatRunsIsWaitedForAndNotRunTwice() throws Exception {
    service(WAIT_FOR_GO + "sleep 1000 & exit 0", ":kill", "");
    try (DaemonProcess daemon = start()) {
      untilFile("up");
      daemon.kill();
    }
    try (DaemonProcess daemon = start()) {
      until(() -> answers(daemon));
      assertThat(daemon.instance("a").state()).isEqualTo("offline");
      make("go");
      until(() -> daemon.instance("a").state().equals("online"));
      assertThat(runs()).hasSize(1);
      assertThat(pids(daemon.instance("a"))).hasSize(1);
    }
  }

  /// Whether the daemon serves its socket already.
  private static boolean answers(DaemonProcess daemon) {
    try {
      daemon.instance("a");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aStopMethodThatRunsIsWaitedFor() throws Exception {
    service(
        "sleep 1000 & exit 0", "echo stop >> DIR/runs; " + WAIT_FOR_GO + "pkill -F DIR/pid", "");
    service(
        "sleep 1000 & echo $! > DIR/pid; exit 0",
        "echo stop >> DIR/runs; " + WAIT_FOR_GO + "kill $(cat DIR/pid)",
        "");
    List<Long> before;
    try (DaemonProcess daemon = start()) {
      daemon.awaitSettled();
      before = pids(daemon.instance("a"));
      Thread disabling =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  daemon.act("disable", "a");
                } catch (IOException | AssertionError theDaemonIsKilled) {
                  // as intended
                }
              });
      untilFile("up");
      daemon.kill();
      disabling.join();
    }
    try (DaemonProcess daemon = start()) {
      until(() -> answers(daemon));
      make("go");
      until(() -> daemon.instance("a").state().equals("disabled"));
      assertThat(runs()).startsWith("start", "stop");
      assertThat(runs()).filteredOn("start"::equals).hasSize(1);
      long pid = before.getFirst(); // init may take its time to reap it
      until(() -> Processes.stat(pid).map(Processes.Stat::isEnded).orElse(true));
    }
  }

  @Test
  void aServiceMayBecomeReadyForTheNextDaemon() throws Exception {
    Files.writeString(
        directory.resolve("say"),
        """
        use Socket;
        socket(S, AF_UNIX, SOCK_DGRAM, 0);
        send(S, shift, 0, sockaddr_un($ENV{NOTIFY_SOCKET}));
        """);
    service(
        WAIT_FOR_GO
            + "for i in 1 2 3 4 5 6 7 8 9; do perl DIR/say READY=1; sleep 0.5; done; exec sleep"
            + " 1000",
        ":kill",
        "startd: {duration: child}\nreadiness: {notify: sd_notify, timeout_seconds: 60}");
    try (DaemonProcess daemon = start()) {
      untilFile("up");
      daemon.kill();
    }
    try (DaemonProcess daemon = start()) {
      until(() -> answers(daemon));
      assertThat(daemon.instance("a").state()).isEqualTo("offline");
      make("go");
      until(() -> daemon.instance("a").state().equals("online"));
      assertThat(runs()).hasSize(1);
    }
  }
}
