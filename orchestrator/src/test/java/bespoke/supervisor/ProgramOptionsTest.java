package bespoke.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The options that supervisord does not know, with real programs in a server of this process.
@Timeout(120)
class ProgramOptionsTest {
  private static final String READY =
      "python3 -c \"import os,socket,sys,time; s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM);"
          + " s.connect(os.environ['NOTIFY_SOCKET']); sys.stdin.read(1);"
          + " s.send(b'READY=1'); time.sleep(600)\"";

  @TempDir Path directory;

  private TestServer server(String programs) throws Exception {
    return TestServer.start(directory, programs);
  }

  @Test
  void aProgramIsRunningWhenItSaysSo() throws Exception {
    try (TestServer server =
        server("[program:web]\ncommand = " + READY + "\nreadiness = sd_notify\n")) {
      server.await(() -> !server.pid("web").equals("0"));
      assertThat(server.ctl(0, "status")).contains("STARTING");

      server.rpc("sendProcessStdin", "web", "x");

      server.await(() -> server.ctl(0, "status").contains("RUNNING"));
    }
  }

  @Test
  void aStrangerCannotSayThatAProgramIsReady() throws Exception {
    Files.writeString(
        directory.resolve("stranger.py"),
        """
        import os, socket, time
        while not os.path.exists("address") or not os.path.getsize("address"):
            time.sleep(0.05)
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.connect(open("address").read().strip())
        s.send(b"READY=1")
        print("said", flush=True)
        time.sleep(600)
        """);
    try (TestServer server =
        server(
            """
            [program:web]
            command = /bin/sh -c "echo $NOTIFY_SOCKET; exec sleep 600"
            stdout_logfile = %(here)s/address
            readiness = sd_notify
            [program:other]
            command = python3 stranger.py
            directory = %(here)s
            stdout_logfile = %(here)s/said
            """)) {
      server.await(() -> server.text("said").contains("said"));
      assertThat(server.ctl(0, "status", "web")).contains("STARTING");
    }
  }

  @Test
  void aProgramIsRunningWhenItsCommandIsContent() throws Exception {
    try (TestServer server =
        server(
            """
            [program:web]
            command = /bin/sleep 600
            readiness = exec:/usr/bin/test -e %(here)s/ready
            """)) {
      server.await(() -> !server.pid("web").equals("0"));
      assertThat(server.ctl(0, "status")).contains("STARTING");

      Files.writeString(directory.resolve("ready"), "");

      server.await(() -> server.ctl(0, "status").contains("RUNNING"));
    }
  }

  @Test
  void aProgramWhoseHealthCommandFailsTooOftenIsGivenUpAndSaysWhy() throws Exception {
    try (TestServer server =
        server(
            """
            [program:web]
            command = /bin/sleep 600
            startsecs = 0
            health = exec:/bin/false
            health_interval = 1
            health_failures = 1
            restart_limit = 1
            """)) {
      server.await(() -> server.status(3).contains("FATAL"));
      assertThat(server.status(3)).contains("restarted more than 1 time in 600 seconds");
      assertThat(server.text("sd.log"))
          .contains("its health check failed 1 times: /bin/false exits with status 1");
    }
  }

  @Test
  void aCommandThatDoesNotAnswerIsKilledAndIsABadAnswer() throws Exception {
    try (TestServer server =
        server(
            """
            [program:web]
            command = /bin/sleep 600
            startsecs = 0
            autorestart = false
            health = exec:/bin/sh -c 'echo $$ > %(here)s/asking; exec sleep 500'
            health_interval = 1
            health_failures = 1
            check_timeout = 1
            """)) {
      server.await(() -> server.text("sd.log").contains("did not answer within 1 seconds"));
      long asking = Long.parseLong(server.text("asking").strip());
      server.await(() -> ProcessHandle.of(asking).isEmpty());
    }
  }

  @Test
  void outputIsWrittenInTheFormatThatWasAskedFor() throws Exception {
    try (TestServer server =
        server(
            """
            [program:web]
            command = /bin/sh -c "printf err >&2; echo out; exec sleep 600"
            stdout_logfile = %(here)s/out
            stderr_logfile = %(here)s/err
            stdout_format = json
            stderr_format = named
            """)) {
      server.await(() -> server.text("out").endsWith("\n"));
      assertThat(server.text("out"))
          .matches(
              "\\{\"time\":\"20\\S+Z\",\"group\":\"web\",\"process\":\"web\",\"pid\":\\d+,"
                  + "\"stream\":\"stdout\",\"message\":\"out\"}\n");
      server.ctl(0, "stop", "web");
      assertThat(server.text("err")).matches("20\\S+Z web:web stderr err\n");
    }
  }

  @Test
  void programsThatShareAContractAreStoppedOneByOne() throws Exception {
    try (TestServer server =
        TestServer.start(
            directory,
            "contract = shared\n",
            """
            [program:a]
            command = /bin/sleep 600
            startsecs = 0
            [program:b]
            command = /bin/sleep 600
            startsecs = 0
            """)) {
      server.await(() -> !server.pid("b").equals("0") && !server.pid("a").equals("0"));
      Path of = Path.of("/proc", server.pid("a"), "cgroup");
      assertThat(Files.readString(of))
          .isEqualTo(Files.readString(Path.of("/proc", server.pid("b"), "cgroup")));
      String b = server.pid("b");
      server.ctl(0, "stop", "a");
      assertThat(server.pid("b")).isEqualTo(b);
      server.ctl(0, "start", "a");
    }
  }

  @Test
  void aLogThatCannotBeMadeIsASpawnErrorAndNothingRuns() throws Exception {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    try (TestServer server =
        server(
            """
            [program:a]
            command = /bin/sleep 600
            autostart = false
            startretries = 0
            stdout_logfile = %(here)s/logs/out
            """)) {
      Files.delete(logs);
      server.ctl(7, "start", "a");
      assertThat(server.status(3)).contains("FATAL").contains("ENOENT");
      assertThat(server.pid("a")).isEqualTo("0");
    }
  }

  /// Where the controllers are there, the limits are set; where not, the log says which is missing.
  @Test
  void aLimitThatCannotBeHadHereIsSaidAndTheProgramRuns() throws Exception {
    try (TestServer server =
        server(
            """
            [program:a]
            command = /bin/sleep 600
            startsecs = 0
            memory_max = 100MB
            """)) {
      server.await(() -> !server.pid("a").equals("0"));
      Path cgroup = cgroupOf(server.pid("a"));
      if (Files.exists(cgroup.resolve("memory.max"))) {
        assertThat(cgroup.resolve("memory.max")).hasContent("104857600");
      } else {
        server.await(() -> server.text("sd.log").contains("WARN a: cannot limit memory.max"));
      }
    }
  }

  private static Path cgroupOf(String pid) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc", pid, "cgroup")).stream()
            .filter(each -> each.startsWith("0::"))
            .findFirst()
            .orElse("0::/nowhere");
    for (String mount : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      if (mount.split(" ")[2].equals("cgroup2")) {
        return Path.of(mount.split(" ")[1] + line.substring("0::".length()));
      }
    }
    return Path.of("/nowhere");
  }

  /// The rehearsed crash must come to an end: an idle server sleeps.
  @Test
  void theRehearsalIsRestartedOnceAndEnds() throws Exception {
    String configuration =
        """
        [program:a]
        command = /bin/sleep 600
        startsecs = 0
        [program:later]
        command = /bin/sh -c "echo x >> %(here)s/tries; exit 1"
        autostart = false
        """;
    try (TestServer server = server(configuration)) {
      server.await(() -> journal(server).contains("group=rehearsal"));
      server.await(() -> ends(server) == 2);
      long runs = runsOfRehearsal(server);
      server.ctl(7, "start", "later");
      // its second try is due a second after the first, and so later than a restart would be
      server.await(() -> server.text("tries").lines().count() == 2);
      assertThat(runsOfRehearsal(server)).isEqualTo(runs);
    }
  }

  private static long runsOfRehearsal(TestServer server) {
    return journal(server).lines().filter(line -> line.contains("group=rehearsal")).count();
  }

  private static String journal(TestServer server) {
    return server.text("sd.pid.private/processes");
  }

  private static long ends(TestServer server) {
    return journal(server).lines().filter(line -> line.startsWith("gone=")).count();
  }

  @Test
  void theOutputOfEveryRunIsInTheLog() throws Exception {
    try (TestServer server =
        server(
            """
            [program:a]
            command = /bin/sh -c "echo out; echo err >&2; exec sleep 600"
            startsecs = 0
            stdout_logfile = %(here)s/out
            stderr_logfile = %(here)s/err
            """)) {
      for (int run = 1; run <= 8; run++) {
        int lines = run;
        server.await(() -> server.text("out").lines().count() == lines);
        server.await(() -> server.text("err").lines().count() == lines);
        server.ctl(0, "restart", "a");
      }
    }
  }

  private static String sent(TestServer server, String text) {
    try {
      return server.rpc("sendProcessStdin", "a", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsSentWhileAProgramStartsArrives() throws Exception {
    try (TestServer server =
        server(
            """
            [program:a]
            command = /bin/cat
            startsecs = 0
            stdout_logfile = %(here)s/out
            """)) {
      for (int run = 1; run <= 8; run++) {
        int lines = run;
        server.await(() -> sent(server, "line\n").contains("<boolean>1"));
        server.await(() -> server.text("out").lines().count() == lines);
        server.ctl(0, "restart", "a");
      }
    }
  }

  @Test
  void aProgramThatHasClosedItsInputGetsNothing() throws Exception {
    try (TestServer server =
        server("[program:a]\ncommand = /bin/sh -c \"exec sleep 600 <&-\"\nstartsecs = 0\n")) {
      server.await(() -> sent(server, "x").contains("NO_FILE"));
    }
  }
}
