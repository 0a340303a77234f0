package bespoke.cli.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A connection that is opened on a thread of its own while the command line is still being read,
/// because the first socket of a JVM costs 20 ms of start-up.
public final class EarlyConnection implements AutoCloseable {

  private final Path socket;
  private final Thread thread;
  private @Nullable Connection connection;
  private @Nullable DaemonUnreachableException failure;

  private EarlyConnection(Path socket) {
    this.socket = socket;
    this.thread = new Thread(null, new Opening(this), "connect");
    thread.setDaemon(true);
  }

  /// Begins to connect.
  public static EarlyConnection begin(Path socket) {
    EarlyConnection early = new EarlyConnection(socket);
    early.thread.start();
    return early;
  }

  /// The socket's path.
  public Path socket() {
    return socket;
  }

  /// Waits for the connection.
  ///
  /// @throws DaemonUnreachableException if there is none
  public Connection await() throws DaemonUnreachableException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DaemonUnreachableException(socket, "interrupted");
    }
    if (failure != null) {
      throw failure;
    }
    if (connection == null) {
      throw new DaemonUnreachableException(socket, "the connection could not be opened");
    }
    return connection;
  }

  /// Closes the connection if there is one. A command need not: it ends with its JVM.
  @Override
  public void close() {
    try {
      await().close();
    } catch (DaemonUnreachableException e) {
      // there is nothing to close
    }
  }

  private void open() {
    try {
      connection = Connection.open(socket);
    } catch (DaemonUnreachableException e) {
      failure = e;
    }
  }

  /// A class rather than a lambda: start-up counts.
  private record Opening(EarlyConnection early) implements Runnable {
    @Override
    public void run() {
      early.open();
    }
  }
}
