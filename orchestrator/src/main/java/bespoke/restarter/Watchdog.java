package bespoke.restarter;

import java.time.Duration;

/// Expects a ping of a service within each interval (sd_watchdog_enabled(3)).
///
/// A ping costs no timer: the one that runs looks when the last ping was.
final class Watchdog {

  private final Timers timers;
  private final Runnable expired;
  private long intervalNanos;
  private long lastPingNanos;
  private boolean isRunning;

  /// @param intervalNanos 0 when it only runs if the service asks for it
  /// @param expired told once, when the service missed a ping
  Watchdog(Timers timers, long intervalNanos, Runnable expired) {
    this.timers = timers;
    this.intervalNanos = intervalNanos;
    this.expired = expired;
  }

  /// The service is alive; starts waiting for the next ping.
  synchronized void ping() {
    lastPingNanos = System.nanoTime();
    if (!isRunning && intervalNanos > 0) {
      isRunning = true;
      schedule(intervalNanos);
    }
  }

  /// The service wants another interval.
  synchronized void interval(Duration interval) {
    intervalNanos = interval.toNanos();
    stop();
    ping();
  }

  private void schedule(long nanos) {
    timers.schedule(this, Duration.ofNanos(nanos), this::look);
  }

  private void look() {
    synchronized (this) {
      if (!isRunning) {
        return;
      }
      long left = lastPingNanos + intervalNanos - System.nanoTime();
      if (left > 0) {
        schedule(left);
        return;
      }
      isRunning = false;
    }
    expired.run();
  }

  /// The service is as good as expired.
  void trigger() {
    synchronized (this) {
      stop();
    }
    expired.run();
  }

  /// No ping is expected any more.
  synchronized void stop() {
    isRunning = false;
    timers.cancel(this);
  }
}
