package bespoke.daemon;

import java.util.ArrayList;
import java.util.List;

/// The places at which a daemon may die: each one that is reached is counted, and at a chosen one
/// it dies.
final class CrashPoints {
  private final int last;
  private final Runnable atDeath;
  private final List<String> reached = new ArrayList<>();

  /// @param last at which one it dies, from 1; 0 for never
  /// @param atDeath looks at the disk as it is then
  CrashPoints(int last, Runnable atDeath) {
    this.last = last;
    this.atDeath = atDeath;
  }

  /// It lives for ever.
  static CrashPoints none() {
    return new CrashPoints(0, () -> {});
  }

  /// The daemon is gone: nothing of it runs any more.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed(String where) {
      super(where, null, false, false);
    }
  }

  void reach(String where) {
    if (last > 0 && reached.size() >= last) {
      throw new Killed("after its death: " + where); // what it would still do is not done
    }
    reached.add(where);
    if (reached.size() == last) {
      atDeath.run();
      throw new Killed(where);
    }
  }

  List<String> reached() {
    return List.copyOf(reached);
  }
}
