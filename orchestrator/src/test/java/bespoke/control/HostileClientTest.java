package bespoke.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a client does, the others are served.
class HostileClientTest {
  private static final String PING = "{\"version\":1,\"op\":\"ping\"}\n";

  @TempDir Path directory;
  private Served served;

  @BeforeEach
  void serve() throws IOException {
    served = Served.asRoot(directory);
  }

  @AfterEach
  void othersAreStillServed() throws IOException {
    try (Served last = served;
        Served.Client client = last.connect()) {
      assertThat(client.send(PING).line()).contains("\"pong\"");
      assertThat(last.complaints).isEmpty();
    }
  }

  @Test
  void garbageIsAnsweredOnceAndTheConnectionClosed() throws IOException {
    try (Served.Client client = served.connect()) {
      client.send("\u0000\u00ff{[garbage\n");
      assertThat(client.line()).contains("bad_request").contains("not a request");
      assertThat(client.line()).isEmpty();
    }
  }

  @Test
  void anUnknownOperationIsAnsweredAndTheConnectionGoesOn() throws IOException {
    try (Served.Client client = served.connect()) {
      client.send("{\"version\":1,\"op\":\"brew\"}\n").send(PING);
      assertThat(client.line()).contains("not_available").contains("brew");
      assertThat(client.line()).contains("pong");
    }
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    try (Served.Client client = served.connect()) {
      assertThat(client.send("{\"version\":9,\"op\":\"ping\"}\n").line())
          .contains("\"version\"")
          .contains("not 9");
    }
  }

  @Test
  void halfARequestIsEndedAfterItsDeadline() throws IOException {
    try (Served.Client client = served.connect()) {
      client.send("{\"version\":1,");
      assertThat(client.line()).contains("did not end");
      assertThat(client.line()).isEmpty();
    }
  }

  @Test
  void aLineWithoutEndIsRefusedAtItsLimit() throws IOException {
    try (Served.Client client = served.connect()) {
      client.send("x".repeat(Served.LIMITS.requestBytes() + 1));
      assertThat(client.line()).contains("limit").contains("longer than 4096 bytes");
    }
  }

  @Test
  void callersWithoutPowerHaveASmallerLimit() throws IOException {
    try (Served other = new Served(directory.resolve("."), 1000, Set.of());
        Served.Client client = other.connect()) {
      client.send("x".repeat(Served.LIMITS.smallRequestBytes() + 1));
      assertThat(client.line()).contains("longer than 1024 bytes");
    }
    served.close();
    served = Served.asRoot(directory);
  }

  @Test
  void aMegabyteWithoutNewlineHarmsNobody() throws IOException {
    try (Served.Client client = served.connect()) {
      client.send("y".repeat(1 << 20));
    } catch (IOException closed) {
      assertThat(closed).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClientThatGoesAwayInTheMiddleHarmsNobody() throws IOException {
    served.connect().send("{\"version\":1,\"op\":\"li").close();
    served.connect().send("{\"version\":1,\"op\":\"watch\"}\n").close();
    served.connect().close();
  }

  @Test
  void tooManyConnectionsAreRefusedUntilSomeClose() throws IOException {
    List<Served.Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < Served.LIMITS.connections(); i++) {
        Served.Client client = served.connect();
        clients.add(client);
        assertThat(client.send(PING).answer()).hasSize(2);
      }
      try (Served.Client oneMore = served.connect()) {
        assertThat(oneMore.line()).contains("too many connections");
      }
    } finally {
      for (Served.Client client : clients) {
        client.close();
      }
    }
    awaitRoom();
  }

  private void awaitRoom() throws IOException {
    String line = "too many";
    while (line.contains("too many")) {
      try (Served.Client client = served.connect()) {
        line = client.send(PING).line();
      } catch (IOException closedBeforeWeWrote) {
        line = "too many";
      }
    }
  }

  @Test
  void manyRequestsInOneWriteAreAnsweredInOrder() throws IOException {
    try (Served.Client client = served.connect()) {
      client.send(PING.repeat(20));
      for (int i = 0; i < 20; i++) {
        assertThat(client.answer()).hasSize(2);
      }
    }
  }
}
