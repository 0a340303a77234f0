package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.os.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The periodic restarter and inetd as services of a real daemon, with real processes.
class OnDemandRestartersTest {
  private static final String INETD = "bespoke.ondemand.inetd.Inetd";

  @TempDir Path directory;
  private Path root;
  private Path manifests;
  private int port;

  @BeforeEach
  void prepare() throws IOException {
    root = directory.resolve("r");
    manifests = Files.createDirectory(directory.resolve("m"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  private void restarter(String service, String program) throws IOException {
    Files.writeString(
        manifests.resolve(service.replace('/', '-') + ".yaml"),
        """
        service: SERVICE
        enabled: true
        methods:
          start:
            exec: 'while :; do "$BESPOKE_JAVA" --enable-native-access=ALL-UNNAMED
              --add-opens=java.base/sun.nio.ch=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1
              -cp CLASSPATH PROGRAM; [ $? -ge 128 ] || exit 1; done'
            timeout_seconds: 60
          stop: {exec: ":kill", timeout_seconds: 10, on_timeout: kill}
        startd: {duration: child}
        """
            .replace("SERVICE", service)
            .replace("CLASSPATH", System.getProperty("java.class.path"))
            .replace("PROGRAM", program));
  }

  private void service(String yaml) throws IOException {
    Files.writeString(
        manifests.resolve("t.yaml"),
        yaml.replace("PORT", Integer.toString(port)).replace("DIR", directory.toString()));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void until(Condition condition) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!holds(condition)) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static boolean holds(Condition condition) throws IOException {
    try {
      return condition.holds();
    } catch (SocketException _) {
      return false; // the daemon does not listen yet
    }
  }

  private Socket connect() throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
      } catch (SocketException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private static String exchange(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    byte[] answer = socket.getInputStream().readNBytes(text.length());
    return new String(answer, StandardCharsets.UTF_8);
  }

  @Test
  void connectionsAreServedByProcessesThatOutliveInetd() throws IOException {
    restarter("network/inetd", INETD);
    service(
        """
        service: t/echo
        enabled: true
        restarter: svc:/network/inetd:default
        inetd: {listen: ["tcp://127.0.0.1:PORT"], accept: true}
        methods: {start: {exec: cat}}
        """);
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      until(() -> daemon.instance("t/echo").state().equals("online"));
      try (Socket first = connect();
          Socket second = connect()) {
        assertThat(exchange(first, "one")).isEqualTo("one");
        assertThat(exchange(second, "two")).isEqualTo("two");
        long inetd =
            daemon.instance("network/inetd").detail().processes().stream()
                .map(process -> process.pid())
                .filter(pid ->
                    Processes.commandLine(pid).filter(line -> line.contains(INETD)).isPresent())
                .filter(pid ->
                    Processes.commandLine(pid).filter(line -> line.contains("while")).isEmpty())
                .findFirst()
                .orElseThrow();
        ProcessHandle.of(inetd).orElseThrow().destroyForcibly();
        until(() -> Processes.commandLine(inetd).isEmpty()); // nobody is in its queue any more
        try (Socket third = connect()) {
          assertThat(exchange(third, "three")).isEqualTo("three");
        }
        assertThat(exchange(first, "still")).isEqualTo("still");
        assertThat(daemon.act("disable", "t/echo")).contains("\"outcome\"");
        assertThat(first.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(daemon.instance("t/echo").state()).isEqualTo("disabled");
    }
  }

  @Test
  void aServiceStartsOnTheFirstConnectionAndGetsTheListeningSocket() throws IOException {
    restarter("network/inetd", INETD);
    Files.writeString(
        directory.resolve("web.py"),
        """
        import os, socket
        assert int(os.environ["LISTEN_PID"]) == os.getpid()
        listening = socket.socket(fileno=3)
        connection, _ = listening.accept()
        connection.sendall((os.environ["LISTEN_FDS"] + os.environ["LISTEN_FDNAMES"]).encode())
        """);
    service(
        """
        service: t/web
        enabled: true
        restarter: svc:/network/inetd:default
        inetd: {listen: ["tcp://127.0.0.1:PORT"], name: web}
        methods: {start: {exec: python3 DIR/web.py}}
        """);
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      until(() -> daemon.instance("t/web").state().equals("online"));
      for (int i = 0; i < 3; i++) {
        try (Socket socket = connect()) {
          assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
              .isEqualTo("1web");
        }
      }
    }
  }

  @Test
  void aServiceRunsAgainAndAgainUntilItFailsTooOften() throws IOException {
    restarter("system/svc/periodic-restarter", "bespoke.ondemand.periodic.PeriodicRestarter");
    service(
        """
        service: t/poll
        enabled: true
        restarter: svc:/system/svc/periodic-restarter:default
        periodic: {period_seconds: 1, failures_max: 2}
        methods: {start: {exec: 'echo x >> DIR/runs; [ $(wc -l < DIR/runs) -le 2 ]'}}
        """);
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      until(() -> daemon.instance("t/poll").state().equals("maintenance"));
      assertThat(Files.readAllLines(directory.resolve("runs")))
          .isEqualTo(List.of("x", "x", "x", "x"));
      assertThat(Files.readString(root.resolve("log").resolve("t-poll:default.log")))
          .contains("Its last 2 runs failed; the last one exited with status 1.");
    }
  }
}
