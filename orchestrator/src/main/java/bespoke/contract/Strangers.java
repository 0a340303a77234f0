package bespoke.contract;

import bespoke.os.Processes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Ended children of ours that belong to no contract: those that something else in this process has
/// started and waits for, such as a library with `ProcessBuilder`, and orphans of strangers when we
/// are process 1. The former are left to their owner for a while.
final class Strangers {
  /// One in our own session was started from within this process.
  private static final Duration GRACE_IN_OUR_SESSION = Duration.ofSeconds(5);

  private static final Duration GRACE_ELSEWHERE = Duration.ofMillis(20);

  private static final int REMEMBERED_MAX = 1000;

  private final long ourSession =
      Processes.stat(Processes.self()).map(Processes.Stat::session).orElse(0L);

  private final Map<Integer, Seen> seen = new HashMap<>();

  /// An ended child; the start time tells it from a later one with the same pid.
  private record Seen(long startTime, long untilNanos) {}

  /// Whether somebody else may still wait for an ended child.
  boolean mayBeAwaited(int pid) {
    Optional<Processes.Stat> stat = Processes.stat(pid);
    if (stat.isEmpty()) {
      return true; // somebody else has just reaped it
    }
    Seen entry = seen.get(pid);
    if (entry == null || entry.startTime() != stat.get().startTime()) {
      entry = firstSeen(stat.get());
      if (seen.size() >= REMEMBERED_MAX) {
        seen.clear(); // those that others reaped are never forgotten otherwise
      }
      seen.put(pid, entry);
    }
    return System.nanoTime() - entry.untilNanos() < 0;
  }

  private Seen firstSeen(Processes.Stat stat) {
    Duration grace = stat.session() == ourSession ? GRACE_IN_OUR_SESSION : GRACE_ELSEWHERE;
    return new Seen(stat.startTime(), System.nanoTime() + grace.toNanos());
  }

  /// It was reaped.
  void forget(int pid) {
    seen.remove(pid);
  }
}
