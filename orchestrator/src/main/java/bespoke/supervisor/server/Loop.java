package bespoke.supervisor.server;

import bespoke.os.Poller;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// The one thread that owns the server's state.
public final class Loop implements AutoCloseable {
  private static final int BUFFER_BYTES = 128 << 10;

  private final Poller poller;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  /// @param onBug told of exceptions that escape from a step; the loop goes on
  public Loop(Thread.UncaughtExceptionHandler onBug) {
    poller = new Poller(onBug);
  }

  /// Runs something on the loop, soon.
  public void execute(Runnable task) {
    poller.execute(task);
  }

  /// Runs something on the loop; the result completes what is returned.
  public <T> CompletableFuture<T> call(Callable<T> task) {
    var result = new CompletableFuture<T>();
    poller.execute(() -> {
      try {
        result.complete(task.call());
      } catch (Exception e) {
        result.completeExceptionally(e);
      }
    });
    return result;
  }

  /// What waits for the loop's descriptors; contracts are to use the same.
  public Poller poller() {
    return poller;
  }

  Poller.Registration after(Duration delay, Runnable task) {
    return poller.after(delay, task);
  }

  Poller.Registration watch(int descriptor, int events, Poller.Handler handler) {
    return poller.watch(descriptor, events, handler);
  }

  /// Room to read into, for one read at a time: whoever reads empties it before anything else runs.
  ByteBuffer buffer() {
    return buffer.clear();
  }

  @Override
  public void close() {
    poller.close();
  }
}
