package bespoke.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.ctl.Supervisorctl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The essentials of server and client together, in this process, with real programs.
@Timeout(120)
class SupervisordTest {
  @TempDir Path directory;
  private final Map<String, Runnable> signals = new java.util.concurrent.ConcurrentHashMap<>();
  private CompletableFuture<Integer> server = new CompletableFuture<>();

  @BeforeEach
  void startServer() throws Exception {
    write(
        """
        [program:cat]
        command = /bin/cat
        startsecs = 0
        stdout_logfile = %(here)s/cat.log
        [program:off]
        command = /bin/sh -c "echo up; exec sleep 600"
        autostart = false
        startsecs = 0
        [program:missing]
        command = /no/such/file
        startretries = 0
        autostart = false
        """);
    server =
        CompletableFuture.supplyAsync(() ->
            new Supervisord(
                    List.of("-n", "-s", "-c", configuration().toString()),
                    System.getenv(),
                    System.out,
                    System.err,
                    signals::put)
                .run());
    CompletableFuture<Integer> started = server;
    await(() -> started.isDone() || Files.exists(directory.resolve("sd.pid")));
  }

  @AfterEach
  void stopServer() throws Exception {
    Runnable terminate = signals.get("TERM");
    if (terminate != null) {
      terminate.run();
    }
    assertThat(server.get(60, TimeUnit.SECONDS)).isZero();
  }

  private Path configuration() {
    return directory.resolve("c.conf");
  }

  private void write(String programs) throws Exception {
    Files.writeString(
        configuration(),
        """
        [supervisord]
        logfile = %(here)s/sd.log
        pidfile = %(here)s/sd.pid
        childlogdir = %(here)s
        minprocs = 10
        minfds = 100
        [unix_http_server]
        file = %(here)s/s
        [supervisorctl]
        serverurl = unix://%(here)s/s
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
        """
            + programs);
  }

  private String ctl(int expectedStatus, String... words) {
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var arguments = new java.util.ArrayList<>(List.of("-c", configuration().toString()));
    arguments.addAll(List.of(words));
    assertThat(Supervisorctl.run(arguments, print, print))
        .as(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(expectedStatus);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void programsAreStartedStoppedAndDescribed() {
    assertThat(ctl(0, "start", "off")).isEqualTo("off: started\n");
    assertThat(ctl(0, "status", "off")).matches("off {30}RUNNING {3}pid \\d+, uptime 0:00:0\\d\n");
    assertThat(ctl(0, "stop", "off")).isEqualTo("off: stopped\n");
    assertThat(ctl(0, "stop", "off")).isEqualTo("off: ERROR (not running)\n");
    assertThat(ctl(1, "start", "missing")).isEqualTo("missing: ERROR (no such file)\n");
    assertThat(ctl(4, "status", "nosuch")).isEqualTo("nosuch: ERROR (no such process)\n");
  }

  @Test
  void aKilledProgramIsRunningAgain() {
    await(() -> !ctl(0, "pid", "cat").isBlank());
    String pid = ctl(0, "pid", "cat").strip();
    ctl(0, "signal", "KILL", "cat");
    await(() -> {
      String now = pidOf("cat");
      return !now.equals(pid) && !now.equals("0");
    });
  }

  private String pidOf(String name) {
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int _ = Supervisorctl.run(List.of("-c", configuration().toString(), "pid", name), print, print);
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void aBrokenFileChangesNothingAtReload() throws Exception {
    String pid = pidOf("cat");
    write("[program:cat]\ncommand=/bin/cat\nstartsecs=banana\n");

    assertThat(ctl(1, "reread")).contains("CANT_REREAD", "banana");
    assertThat(ctl(1, "reload")).contains("banana", "nothing was stopped");
    assertThat(pidOf("cat")).isEqualTo(pid);
  }

  @Test
  void anUpdateAddsChangesAndRemoves() throws Exception {
    write(
        """
        [program:cat]
        command = /bin/cat
        startsecs = 0
        [program:new]
        command = /bin/cat
        startsecs = 0
        """);

    assertThat(ctl(0, "reread"))
        .isEqualTo("cat: changed\nmissing: disappeared\nnew: available\noff: disappeared\n");
    assertThat(ctl(0, "update")).contains("cat: updated process group", "new: added process group");
    assertThat(ctl(0, "status")).contains("cat ", "new ").doesNotContain("off");
  }

  @Test
  void aChangeOfNumprocsLeavesTheOthersAlone() throws Exception {
    String many =
        """
        [program:many]
        command = /bin/cat
        startsecs = 0
        process_name = m%%(process_num)d
        numprocs = %d
        """;
    write(many.formatted(2));
    ctl(0, "update");
    String first = pidOf("many:m0");
    write(many.formatted(3));

    assertThat(ctl(0, "update")).isEqualTo("many: updated process group\n");

    assertThat(ctl(0, "status")).contains("many:m2");
    assertThat(pidOf("many:m0")).isEqualTo(first);
    assertThat(ctl(0, "restart", "--rolling", "many:*"))
        .startsWith("many:m0: stopped\nmany:m0: started\nmany:m1: stopped\n");
  }

  @Test
  void aServerThatIsToEndWhileItRestartsEnds() throws Exception {
    await(() -> !pidOf("cat").equals("0") && !pidOf("cat").isBlank());
    java.util.Objects.requireNonNull(signals.get("HUP")).run();
    java.util.Objects.requireNonNull(signals.get("TERM")).run();
    assertThat(server.get(60, TimeUnit.SECONDS)).isZero();
  }
}
