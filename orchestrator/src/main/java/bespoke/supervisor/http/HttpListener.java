package bespoke.supervisor.http;

import bespoke.supervisor.config.HttpServerConfig;
import bespoke.supervisor.config.SocketAddressConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Listens on one address and serves every client on a virtual thread of its own.
public final class HttpListener implements AutoCloseable {
  /// For one more, the client leaves that has been there longest and waits for no answer: who only
  /// holds connections keeps nobody out.
  private static final int CONNECTIONS_MAX = 1000;

  /// What large requests of all clients may take together, in bytes.
  private static final int BODIES_MAX = 64 << 20;

  private static final int BACKLOG = 1024;

  /// How long answers that are due may take when the server ends.
  private static final long CLOSING_NANOS = 500_000_000;

  private static final long CLOSING_STEP_NANOS = 2_000_000;

  private final ServerSocketChannel server;
  private final Function<HttpRequest, HttpResponse> handler;
  private final @Nullable Path socketFile;
  private final int connectionsMax;
  private final Set<HttpConnection> clients = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Semaphore room = new Semaphore(BODIES_MAX);

  /// @param connectionsMax how many clients may be there at a time
  HttpListener(
      ServerSocketChannel server,
      Function<HttpRequest, HttpResponse> handler,
      @Nullable Path socketFile,
      int connectionsMax) {
    this.server = server;
    this.handler = handler;
    this.socketFile = socketFile;
    this.connectionsMax = connectionsMax;
  }

  /// Opens the address; clients wait until [#serve].
  ///
  /// @throws SocketInUseException if somebody listens there, or it cannot be made
  public static HttpListener open(
      HttpServerConfig config, Function<HttpRequest, HttpResponse> handler)
      throws SocketInUseException {
    return switch (config.address()) {
      case SocketAddressConfig.Unix(String path) -> unix(config, Path.of(path), handler);
      case SocketAddressConfig.Inet(String host, int port) -> inet(host, port, handler);
    };
  }

  /// Starts serving.
  public void serve() {
    var _ = Thread.ofVirtual().name("http").start(this::accept);
  }

  private static HttpListener inet(
      String host, int port, Function<HttpRequest, HttpResponse> handler)
      throws SocketInUseException {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      InetSocketAddress address =
          host.isEmpty()
              ? new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port)
              : new InetSocketAddress(host, port);
      server.bind(address, BACKLOG);
      return new HttpListener(server, handler, null, CONNECTIONS_MAX);
    } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
      throw new SocketInUseException(
          "Cannot open an HTTP server: "
              + host
              + ":"
              + port
              + ": "
              + e.getMessage()
              + ". Is another program already listening there? Shut it down first");
    }
  }

  /// Makes the socket under another name, gives it its mode, then links it to its name: it never
  /// exists with the wrong mode, and an existing one is never replaced while it is in use.
  private static HttpListener unix(
      HttpServerConfig config, Path path, Function<HttpRequest, HttpResponse> handler)
      throws SocketInUseException {
    Path making = path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.deleteIfExists(making);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(making), BACKLOG);
        Files.setAttribute(making, "unix:mode", config.mode());
        if (config.owner() != null) {
          Files.setAttribute(making, "unix:uid", config.owner());
        }
        if (config.group() != null) {
          Files.setAttribute(making, "unix:gid", config.group());
        }
        link(making, path);
        return new HttpListener(server, handler, path, CONNECTIONS_MAX);
      } catch (IOException | SocketInUseException e) {
        server.close();
        throw e;
      } finally {
        Files.deleteIfExists(making);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      throw new SocketInUseException("Cannot open an HTTP server: unix socket " + path + ": " + e);
    }
  }

  private static void link(Path making, Path path) throws IOException, SocketInUseException {
    try {
      Files.createLink(path, making);
    } catch (FileAlreadyExistsException _) {
      if (isListening(path)) {
        throw new SocketInUseException(
            "Another program is already listening on a port that one of our HTTP servers is"
                + " configured to use (unix socket "
                + path
                + "). Shut this program down first before starting supervisord.");
      }
      Files.delete(path);
      Files.createLink(path, making);
    }
  }

  private static boolean isListening(Path path) {
    try (var probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        if (clients.size() >= connectionsMax) {
          sendAway();
        }
        var connection = new HttpConnection(client, handler, room);
        clients.add(connection);
        Thread.startVirtualThread(() -> {
          try {
            connection.run();
          } finally {
            clients.remove(connection);
          }
        });
      } catch (IOException _) {
        // the listener was closed, or a client left before it was accepted
      }
    }
  }

  private void sendAway() throws IOException {
    Optional<HttpConnection> idle =
        inOrder().stream().filter(client -> !client.isAnswering()).findFirst();
    if (idle.isPresent()) {
      clients.remove(idle.get());
      idle.get().close();
    }
  }

  private List<HttpConnection> inOrder() {
    synchronized (clients) {
      return List.copyOf(clients);
    }
  }

  /// Stops listening, ends all connections, those that wait for an answer after it, and removes a
  /// unix socket.
  @Override
  public void close() {
    try {
      server.close();
      long until = System.nanoTime() + CLOSING_NANOS;
      while (inOrder().stream().anyMatch(HttpConnection::isAnswering)
          && System.nanoTime() - until < 0) {
        LockSupport.parkNanos(CLOSING_STEP_NANOS);
      }
      for (HttpConnection client : inOrder()) {
        client.close();
      }
      if (socketFile != null) {
        Files.deleteIfExists(socketFile);
      }
    } catch (IOException _) {
      // the process ends or opens its sockets anew, which reports what is wrong
    }
  }
}
