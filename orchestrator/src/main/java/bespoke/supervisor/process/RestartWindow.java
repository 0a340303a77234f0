package bespoke.supervisor.process;

import java.util.ArrayDeque;
import java.util.Deque;

/// Counts the restarts of the recent past: more than `limit` within the window are too many.
final class RestartWindow {
  private final int limit;
  private final long windowMillis;
  private final Deque<Long> restarts = new ArrayDeque<>();

  /// @param limit 0 = there is none
  RestartWindow(int limit, int windowSeconds) {
    this.limit = limit;
    windowMillis = windowSeconds * 1000L;
  }

  /// Counts one more restart.
  ///
  /// @return whether it is within the limit
  boolean admits(Moment now) {
    if (limit <= 0) {
      return true;
    }
    while (!restarts.isEmpty() && restarts.getFirst() <= now.millis() - windowMillis) {
      restarts.removeFirst();
    }
    restarts.addLast(now.millis());
    return restarts.size() <= limit;
  }

  /// Somebody wants it to run: what was does not count.
  void forget() {
    restarts.clear();
  }

  /// What the operator is told when it does not admit one.
  String reason() {
    return "restarted more than "
        + limit
        + (limit == 1 ? " time in " : " times in ")
        + windowMillis / 1000
        + " seconds (restart_limit)";
  }
}
