package bespoke.control;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs what must happen when something takes too long; one thread for all of them, which sleeps
/// while nothing is due.
final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;

  Deadlines() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("deadlines").daemon().unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
  }

  /// Runs the action after the delay, unless it is cancelled.
  Future<?> after(Duration delay, Runnable action) {
    return executor.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
