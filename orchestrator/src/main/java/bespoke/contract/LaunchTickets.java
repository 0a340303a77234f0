package bespoke.contract;

import java.util.TreeSet;

/// Which launches are under way, and whether a child that nobody knows may be the result of one.
/// Guarded by the lock of [LiveContracts].
final class LaunchTickets {
  private final TreeSet<Long> underWay = new TreeSet<>();
  private long last;
  private int unknownPid;
  private long unknownSince;

  long begin() {
    last++;
    underWay.add(last);
    return last;
  }

  void end(long ticket) {
    underWay.remove(ticket);
  }

  /// Whether a launch was under way when this ended child was first seen, and still is.
  boolean mayBeOurs(int pid) {
    if (unknownPid != pid) {
      unknownPid = pid;
      unknownSince = last;
    }
    boolean mayBe = !underWay.isEmpty() && underWay.first() <= unknownSince;
    if (!mayBe) {
      unknownPid = 0;
    }
    return mayBe;
  }
}
