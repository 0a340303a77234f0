package bespoke.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The essentials of server and client together, in this process, with real programs.
@Timeout(120)
class SupervisordTest {
  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void startServer() throws Exception {
    server =
        TestServer.start(
            directory,
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
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private void write(String programs) throws Exception {
    TestServer.write(directory, "", programs);
  }

  private String ctl(int expectedStatus, String... words) {
    return server.ctl(expectedStatus, words);
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
    server.await(() -> !ctl(0, "pid", "cat").isBlank());
    String pid = ctl(0, "pid", "cat").strip();
    ctl(0, "signal", "KILL", "cat");
    server.await(() -> {
      String now = server.pid("cat");
      return !now.equals(pid) && !now.equals("0");
    });
  }

  @Test
  void aBrokenFileChangesNothingAtReload() throws Exception {
    String pid = server.pid("cat");
    write("[program:cat]\ncommand=/bin/cat\nstartsecs=banana\n");

    assertThat(ctl(1, "reread")).contains("CANT_REREAD", "banana");
    assertThat(ctl(1, "reload")).contains("banana", "nothing was stopped");
    assertThat(server.pid("cat")).isEqualTo(pid);
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
    String first = server.pid("many:m0");
    write(many.formatted(3));

    assertThat(ctl(0, "update")).isEqualTo("many: updated process group\n");

    assertThat(ctl(0, "status")).contains("many:m2");
    assertThat(server.pid("many:m0")).isEqualTo(first);
    assertThat(ctl(0, "restart", "--rolling", "many:*"))
        .startsWith("many:m0: stopped\nmany:m0: started\nmany:m1: stopped\n");
  }

  @Test
  void aServerThatIsToEndWhileItRestartsEnds() throws Exception {
    server.await(() -> !server.pid("cat").equals("0") && !server.pid("cat").isBlank());
    server.signal("HUP");
    server.close();
  }

  @Test
  void twoLengthsOfOneRequestAreRefused() throws Exception {
    String body = "<methodCall><methodName>supervisor.getState</methodName></methodCall>";
    String length = "Content-Length: " + body.length() + "\r\n";
    String post = "POST /RPC2 HTTP/1.0\r\n";

    assertThat(server.http(post + length + length + "\r\n" + body)).contains(" 200 OK", "RUNNING");
    assertThat(server.http(post + "Content-Length: 3\r\n" + length + "\r\n" + body))
        .contains(" 400 ")
        .doesNotContain("RUNNING");
  }
}
