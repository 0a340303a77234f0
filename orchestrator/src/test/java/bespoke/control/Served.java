package bespoke.control;

import bespoke.engine.Envelope;
import bespoke.explain.boot.Boot;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import bespoke.plan.boot.LearnedDurations;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A control server over a [FakeMachine], and clients of it.
final class Served implements AutoCloseable {
  /// Short times, so that tests of deadlines end soon.
  static final Limits LIMITS =
      new Limits(
          8,
          4,
          4096,
          1024,
          Duration.ofMillis(300),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          100);

  final FakeMachine machine = new FakeMachine();
  final FakeConfiguration configuration = new FakeConfiguration();
  final List<String> complaints = new CopyOnWriteArrayList<>();
  final Set<String> granted;
  private final Path socket;
  private final ControlServer server;

  /// @param uid of every caller
  Served(Path directory, int uid, Set<String> granted) throws IOException {
    this.granted = granted;
    this.socket = directory.resolve("s");
    History none =
        new History() {
          @Override
          public LearnedDurations durations() {
            return new LearnedDurations();
          }

          @Override
          public Optional<Envelope> event(long id) {
            return Optional.empty();
          }

          @Override
          public List<Transition> transitionsOf(long event) {
            return List.of();
          }

          @Override
          public List<Transition> latest(InstanceFmri instance, int countMax) {
            return List.of();
          }

          @Override
          public List<Transition> transitions(
              Set<InstanceFmri> instances, long sinceEpochMillis, int countMax) {
            return List.of();
          }

          @Override
          public Optional<List<Remembered>> statesAt(long epochMillis, List<InstanceStatus> now) {
            return Optional.empty();
          }

          @Override
          public Optional<Boot> lastBoot() {
            return Optional.empty();
          }
        };
    Requests requests =
        new Requests(
            machine,
            configuration,
            new NoChanges(),
            none,
            (caller, authorization) -> granted.contains(authorization),
            LIMITS,
            "test");
    int pid = (int) ProcessHandle.current().pid();
    server =
        ControlServer.open(
            socket,
            channel -> new Peer(pid, uid, uid, List.of()),
            new Callers(4242, Integer::toString),
            requests,
            LIMITS,
            complaints::add);
  }

  static Served asRoot(Path directory) throws IOException {
    return new Served(directory, 0, Set.of());
  }

  /// One client's connection.
  final class Client implements AutoCloseable {
    private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).flip();

    Client() throws IOException {
      channel.connect(UnixDomainSocketAddress.of(socket));
    }

    Client send(String text) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return this;
    }

    /// The next line, or empty at the end of the connection.
    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        while (buffer.hasRemaining()) {
          char c = (char) buffer.get();
          if (c == '\n') {
            return line.toString();
          }
          line.append(c);
        }
        buffer.clear();
        int count = channel.read(buffer);
        buffer.flip();
        if (count < 0) {
          return line.toString();
        }
      }
    }

    /// All lines of one answer, its outcome last.
    List<String> answer() throws IOException {
      List<String> lines = new ArrayList<>();
      while (true) {
        String line = line();
        lines.add(line);
        if (line.isEmpty() || line.startsWith("{\"outcome\"")) {
          return lines;
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  Client connect() throws IOException {
    return new Client();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
