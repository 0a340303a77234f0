package bespoke.restarter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks up names in a few threads of its own: getaddrinfo(3) cannot be interrupted and would hold
/// up every virtual thread.
final class Addresses {

  private static final int THREADS_MAX = 4;
  private static final int WAITING_MAX = 1000;

  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          THREADS_MAX,
          THREADS_MAX,
          5,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING_MAX),
          Thread.ofPlatform().daemon().name("names-", 0).factory());

  Addresses() {
    lookups.allowCoreThreadTimeOut(true);
  }

  /// The addresses of a host; literals and `localhost` are not looked up.
  ///
  /// @param endNanos how long to wait, by System.nanoTime
  /// @throws IOException if there is no answer in time
  List<InetAddress> of(String host, long endNanos) throws IOException {
    if (host.equals("localhost")) {
      return List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
    }
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException isAName) {
      return lookUp(host, endNanos);
    }
  }

  private List<InetAddress> lookUp(String host, long endNanos) throws IOException {
    try {
      Future<InetAddress[]> found = lookups.submit(() -> InetAddress.getAllByName(host));
      return List.of(found.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownHostException
          ? new IOException("the host \"" + host + "\" is not known", e)
          : new IOException(e.getCause());
    } catch (TimeoutException | RejectedExecutionException e) {
      throw new IOException("the host \"" + host + "\" cannot be looked up in time", e);
    } catch (InterruptedException e) {
      throw new IOException("given up", e);
    }
  }

  void close() {
    lookups.shutdownNow();
  }
}
