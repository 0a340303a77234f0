package bespoke.restarter;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One thread that sleeps until the next thing is due; nothing due, no wake-up.
///
/// What is due runs in that thread and must not block.
final class Timers implements AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;
  private final ConcurrentHashMap<Object, ScheduledFuture<?>> byKey = new ConcurrentHashMap<>();

  Timers() {
    executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timers").factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// Runs something after a delay; replaces what waits under the same key.
  void schedule(Object key, Duration delay, Runnable due) {
    byKey.compute(
        key,
        (same, before) -> {
          if (before != null) {
            before.cancel(false);
          }
          return start(key, delay, due);
        });
  }

  /// Runs something after a delay, unless something waits under the same key.
  void scheduleIfAbsent(Object key, Duration delay, Runnable due) {
    byKey.computeIfAbsent(key, same -> start(key, delay, due));
  }

  private @Nullable ScheduledFuture<?> start(Object key, Duration delay, Runnable due) {
    try {
      return executor.schedule(() -> fire(key, due), nanos(delay), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return null;
    }
  }

  private void fire(Object key, Runnable due) {
    byKey.remove(key);
    due.run();
  }

  /// It is not wanted any more; it may have run already.
  void cancel(Object key) {
    ScheduledFuture<?> waiting = byKey.remove(key);
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  /// How many wait.
  int size() {
    return byKey.size();
  }

  private static long nanos(Duration delay) {
    try {
      return delay.toNanos();
    } catch (ArithmeticException longerThanTwoCenturies) {
      return Long.MAX_VALUE / 2;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
