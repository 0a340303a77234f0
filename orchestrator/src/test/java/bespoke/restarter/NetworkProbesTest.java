package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.contract.Contracts;
import bespoke.engine.Decision.RunProbe;
import bespoke.engine.Event.ProbeAnswered;
import bespoke.model.InstanceFmri;
import bespoke.model.Probe;
import bespoke.model.Readiness;
import bespoke.model.Resources;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkProbesTest {

  private static final InstanceFmri INSTANCE = InstanceFmri.parse("t/a");
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path root;

  private final CollectedEvents events = new CollectedEvents();
  private final Timers timers = new Timers();
  private final FakeConfiguration configuration = new FakeConfiguration();
  private final AtomicLong lastRun = new AtomicLong();
  private ProbeRunner probes;

  @BeforeEach
  void open() {
    RestarterSettings settings = RestarterSettings.under(root, List.of());
    DaemonLog daemonLog = new DaemonLog(settings, Clock.systemUTC(), new PrintStream(System.err));
    InstanceLogs logs = new InstanceLogs(settings, Clock.systemUTC(), daemonLog);
    probes =
        new ProbeRunner(
            settings,
            configuration,
            events,
            logs,
            timers,
            _ -> Optional.empty(),
            NetworkProbesTest::none);
  }

  private static Contracts none() {
    throw new AssertionError("no process is needed");
  }

  @AfterEach
  void close() {
    probes.close();
    timers.close();
  }

  private ProbeAnswered ask(Probe.Kind kind, String target, Duration timeout) {
    configuration.define(
        Definitions.with(
            INSTANCE,
            Readiness.METHOD,
            Optional.of(Definitions.probe(kind, target, timeout)),
            Resources.NONE));
    long run = lastRun.incrementAndGet();
    probes.run(new RunProbe(INSTANCE, run, false, 5));
    var posted = events.awaitPosted(ProbeAnswered.class, answer -> answer.run() == run, 1);
    assertThat(posted.cause()).isEqualTo(5);
    return (ProbeAnswered) posted.event();
  }

  @Test
  void aConnectionThatIsAcceptedIsWell() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      configuration.running(INSTANCE, "config/port", Integer.toString(server.getLocalPort()));
      assertThat(ask(Probe.Kind.TCP, "127.0.0.1:%{config/port}", LONG).well()).isTrue();
      assertThat(ask(Probe.Kind.TCP, "localhost:%{config/port}", LONG).well()).isTrue();
    }
  }

  @Test
  void nobodyThereIsNotWell() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0)) {
      port = server.getLocalPort();
    }
    ProbeAnswered answer = ask(Probe.Kind.TCP, "127.0.0.1:" + port, LONG);
    assertThat(answer.well()).isFalse();
    assertThat(answer.detail()).startsWith("cannot ask 127.0.0.1:").contains("refused");
  }

  @ParameterizedTest
  @CsvSource({
    "200, true",
    "204, true",
    "302, true",
    "399, true",
    "400, false",
    "404, false",
    "503, false"
  })
  void theStatusDecides(int status, boolean well) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          boolean right = "a=b".equals(exchange.getRequestURI().getQuery());
          exchange.sendResponseHeaders(right ? status : 500, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/health?a=b";
      ProbeAnswered answer = ask(Probe.Kind.HTTP, url, LONG);
      assertThat(answer.well()).isEqualTo(well);
      assertThat(answer.detail()).isEqualTo(well ? "" : url + " answered with status " + status);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpInTime() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
      assertThat(ask(Probe.Kind.HTTP, url, Duration.ofMillis(200)).detail())
          .isEqualTo("did not answer within 200 ms");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSH-2.0-x\\n|the answer is not HTTP",
        "HTTP/1.1 abc\\n|the answer is not HTTP",
        "HTTP/1.1 2|the connection ended before the answer",
        "''|the connection ended before the answer",
        "HTTP/1.1 103 Early\\nLink: x\\n\\nHTTP/1.1 200 OK\\n|",
      })
  void strangeAnswersAreSaid(String text, String expected) throws IOException {
    answering(
        text.replace("\\n", "\n").replace("\n", "\r\n"),
        url ->
            assertThat(ask(Probe.Kind.HTTP, url, LONG).detail())
                .isEqualTo(expected == null ? "" : "cannot ask " + url + ": " + expected));
  }

  @Test
  void anAnswerWithoutEndHasALimit() throws IOException {
    answering(
        "x".repeat(100_000),
        url -> assertThat(ask(Probe.Kind.HTTP, url, LONG).detail()).contains("too long"));
  }

  private interface Asking {
    void with(String url);
  }

  private static void answering(String text, Asking asking) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket client = server.accept()) {
              while (client.getInputStream().read() != '\r') {
                // the request line is enough
              }
              client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
              client.shutdownOutput();
              client.getInputStream().readAllBytes();
            } catch (IOException e) {
              // the client may leave first
            }
          });
      asking.with("http://127.0.0.1:" + server.getLocalPort() + "/");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, nohost, it is not HOST:PORT",
    "TCP, a:0, the port \"0\" is not from 1 to 65535",
    "TCP, ::1:80, an IPv6 address must stand in brackets",
    "HTTP, ftp://x/, it does not begin with http:// or https://",
    "HTTP, http:///x, it names no host"
  })
  void targetsThatCannotBeAskedAreSaid(Probe.Kind kind, String target, String expected) {
    assertThat(ask(kind, target, LONG).detail()).endsWith(expected);
  }

  @Test
  void aProbeThatIsNotThereIsNotWell() {
    configuration.define(Definitions.withMethods(INSTANCE));
    probes.run(new RunProbe(INSTANCE, 99, true, 5));
    assertThat(events.await(ProbeAnswered.class).detail())
        .isEqualTo("it has no such probe any more");
  }
}
