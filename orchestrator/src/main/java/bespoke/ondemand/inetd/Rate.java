package bespoke.ondemand.inetd;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// Counts what happened lately. Pure: the time is an argument.
final class Rate {
  private final int most;
  private final Duration interval;
  private final Deque<Instant> lately = new ArrayDeque<>();

  /// @param most how often it may happen in the interval
  Rate(int most, Duration interval) {
    this.most = most;
    this.interval = interval;
  }

  /// It happened.
  ///
  /// @return whether that was once too often
  boolean isExceededAt(Instant now) {
    lately.addLast(now);
    while (lately.getFirst().isBefore(now.minus(interval))) {
      lately.removeFirst();
    }
    return lately.size() > most;
  }
}
