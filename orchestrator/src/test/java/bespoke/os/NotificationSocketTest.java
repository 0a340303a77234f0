package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages are sent by python, whose sockets know what Java's do not.
class NotificationSocketTest {
  private static final String SEND =
      """
      import os, socket, sys, array
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      name = os.environ['NOTIFY_SOCKET']
      s.connect('\\0' + name[1:] if name[0] == '@' else name)
      print(os.getpid())
      """;

  @TempDir Path directory = Path.of("/nonexistent");
  private final Poller poller = new Poller();
  private final Observed<Notification> received = new Observed<>();

  @AfterEach
  void close() {
    poller.close();
  }

  /// Runs python without a reaper around.
  private long send(String address, String statements) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    ProcessBuilder builder = new ProcessBuilder("/usr/bin/python3", "-c", SEND + statements);
    builder.environment().put("NOTIFY_SOCKET", address);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Long.parseLong(output.strip());
  }

  @Test
  void aMessageArrivesWithItsSenderAndAllAssignments() throws Exception {
    Path path = directory.resolve("notify");
    try (NotificationSocket socket = new NotificationSocket(path, poller, received::add)) {
      assertThat(socket.address()).isEqualTo(path.toString());
      long pid = send(socket.address(), "s.send(b'READY=1\\nSTATUS=half = done\\nnonsense\\n')");
      Notification message = received.awaitCount(1).getFirst();
      assertThat(message.pid()).isEqualTo(pid);
      assertThat(message.says("READY")).isTrue();
      assertThat(message.value("STATUS")).contains("half = done");
      assertThat(message.assignments()).hasSize(2);
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aPathThatIsTooLongBecomesAnAbstractName() throws Exception {
    Path path = directory.resolve("x".repeat(120)).resolve("notify");
    try (NotificationSocket socket = new NotificationSocket(path, poller, received::add)) {
      assertThat(socket.address()).startsWith("@");
      send(socket.address(), "s.send(b'WATCHDOG=1')");
      assertThat(received.awaitCount(1).getFirst().says("WATCHDOG")).isTrue();
    }
  }

  @Test
  void descriptorsThatComeAlongAreClosedSoThatABarrierIsAnswered() throws Exception {
    try (NotificationSocket socket =
        new NotificationSocket(directory.resolve("notify"), poller, received::add)) {
      // the read end of the pipe hangs until every copy of the other end is closed
      send(
          socket.address(),
          "r, w = os.pipe(); s.sendmsg([b'BARRIER=1'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS,"
              + " array.array('i', [w]))]); os.close(w); os.read(r, 1)");
      assertThat(received.awaitCount(1).getFirst().says("BARRIER")).isTrue();
    }
  }

  @Test
  void manyAndHugeAndEmptyMessagesHarmNobody() throws Exception {
    try (NotificationSocket socket =
        new NotificationSocket(directory.resolve("notify"), poller, received::add)) {
      send(
          socket.address(),
          "[s.send(b'N=%d' % i) for i in range(200)]; s.send(b''); s.send(b'X=' + b'x' * 60000);"
              + " s.send(b'END=1')");
      List<Notification> all =
          received.await(messages -> messages.stream().anyMatch(m -> m.says("END")));
      assertThat(all.stream().filter(m -> m.value("N").isPresent())).hasSize(200);
      assertThat(all)
          .allSatisfy(m -> assertThat(m.value("X").orElse("").length()).isLessThan(4096));
    }
  }
}
