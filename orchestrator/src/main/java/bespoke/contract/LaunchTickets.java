package bespoke.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// Which launches are under way, and whether a child that nobody knows may be the result of one.
/// Guarded by the lock of [LiveContracts].
final class LaunchTickets {
  private final TreeSet<Long> underWay = new TreeSet<>();
  private long last;
  private final Map<Integer, Long> unknownSince = new HashMap<>();

  long begin() {
    last++;
    underWay.add(last);
    return last;
  }

  void end(long ticket) {
    underWay.remove(ticket);
    if (underWay.isEmpty()) {
      unknownSince.clear();
    }
  }

  /// Whether a launch was under way when this ended child was first seen, and still is.
  boolean mayBeOurs(int pid) {
    long since = unknownSince.computeIfAbsent(pid, _ -> last);
    return !underWay.isEmpty() && underWay.first() <= since;
  }

  /// It was reaped.
  void forget(int pid) {
    unknownSince.remove(pid);
  }
}
