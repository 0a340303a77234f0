package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.api.Outcome;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The control socket: accepts, bounds and ends connections.
///
/// Each connection is a virtual thread that reads one line after another; nothing a client does
/// holds up another. Anybody may connect; who may do what is decided for each request.
public final class ControlServer implements AutoCloseable {
  private static final int ACCEPT_BACKLOG = 128;

  private static final long ANSWERS_NANOS = 1_000_000_000;

  private final Set<Connection> answering = ConcurrentHashMap.newKeySet();
  private final Path socket;
  private final ServerSocketChannel server;
  private final Peer.Source peers;
  private final Callers callers;
  private final Service service;
  private final Limits limits;
  private final Consumer<String> complaints;
  private final Deadlines deadlines = new Deadlines();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Integer> byUser = new HashMap<>();

  /// What happens on a connection.
  @FunctionalInterface
  interface Service {
    /// Answers one line.
    ///
    /// @return whether the connection may go on
    /// @throws IOException if the client is gone
    boolean answer(Caller caller, byte[] line, Connection connection) throws IOException;
  }

  private ControlServer(
      Path socket,
      ServerSocketChannel server,
      Peer.Source peers,
      Callers callers,
      Service service,
      Limits limits,
      Consumer<String> complaints) {
    this.socket = socket;
    this.server = server;
    this.peers = peers;
    this.callers = callers;
    this.service = service;
    this.limits = limits;
    this.complaints = complaints;
  }

  /// Binds the socket and begins to serve. A socket file left behind is replaced; the caller holds
  /// the lock of the root directory, so nobody else uses it.
  ///
  /// @param complaints gets a sentence about what went wrong on our side
  /// @throws IOException if the socket cannot be bound
  public static ControlServer open(
      Path socket,
      Peer.Source peers,
      Callers callers,
      Requests requests,
      Limits limits,
      Consumer<String> complaints)
      throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket), ACCEPT_BACKLOG);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    ControlServer server =
        new ControlServer(socket, channel, peers, callers, requests, limits, complaints);
    Thread.ofVirtual().name("control").start(server::accept);
    return server;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        Thread.ofVirtual().name("control-client").start(() -> serve(channel));
      } catch (IOException e) {
        if (!server.isOpen()) {
          return;
        }
        complaints.accept("cannot accept a connection: " + e.getMessage());
        pauseAfterFailure();
      }
    }
  }

  /// Out of descriptors: without a pause this would be a busy loop.
  private void pauseAfterFailure() {
    try {
      deadlines.after(java.time.Duration.ofMillis(100), () -> {}).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.CancellationException e) {
      // The server is closing.
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      Peer peer = peers.of(channel);
      Caller caller = callers.caller(peer);
      int lineMax = caller.isPrivileged() ? limits.requestBytes() : limits.smallRequestBytes();
      try (Connection connection = new Connection(channel, deadlines, limits, lineMax)) {
        if (!enter(connection, caller)) {
          new Answer(connection)
              .fail(ErrorKind.LIMIT, "too many connections; close some and try again");
          return;
        }
        try {
          converse(caller, connection, lineMax);
        } finally {
          leave(connection, caller);
        }
      }
    } catch (IOException gone) {
      // The client went away or took too long; it is nobody's trouble but its own.
    } catch (RuntimeException bug) {
      complaints.accept("a request failed: " + bug);
    }
  }

  private void converse(Caller caller, Connection connection, int lineMax) throws IOException {
    boolean goOn = true;
    while (goOn) {
      goOn =
          switch (connection.read(limits.idle())) {
            case Connection.Read.Line line -> answer(caller, line.bytes(), connection);
            case Connection.Read.End _ -> false;
            case Connection.Read.TooLong _ -> {
              new Answer(connection)
                  .end(
                      Outcome.failed(
                          ErrorKind.LIMIT, "a request is longer than " + lineMax + " bytes"));
              yield false;
            }
          };
    }
  }

  private boolean answer(Caller caller, byte[] line, Connection connection) throws IOException {
    answering.add(connection);
    try {
      return service.answer(caller, line, connection);
    } finally {
      synchronized (this) {
        answering.remove(connection);
        notifyAll();
      }
    }
  }

  /// Who has asked hears the answer, also when the daemon ends because of what was asked; but the
  /// end does not wait for long.
  private synchronized void awaitAnswers() {
    long until = System.nanoTime() + ANSWERS_NANOS;
    try {
      for (long left = ANSWERS_NANOS;
          left > 0 && answering.stream().anyMatch(it -> !it.isEndless());
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean enter(Connection connection, Caller caller) {
    int count = byUser.getOrDefault(caller.peer().uid(), 0);
    boolean tooMany =
        open.size() >= limits.connections()
            || !caller.isPrivileged() && count >= limits.connectionsOfOneUser();
    if (tooMany) {
      return false;
    }
    open.add(connection);
    byUser.put(caller.peer().uid(), count + 1);
    return true;
  }

  private synchronized void leave(Connection connection, Caller caller) {
    open.remove(connection);
    byUser.merge(caller.peer().uid(), -1, (count, one) -> count == 1 ? null : count + one);
  }

  /// Ends every connection and removes the socket.
  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    awaitAnswers();
    for (Connection connection : open) {
      connection.close();
    }
    deadlines.close();
  }
}
