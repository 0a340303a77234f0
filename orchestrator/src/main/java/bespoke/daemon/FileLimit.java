package bespoke.daemon;

import bespoke.contract.Limit;
import bespoke.os.OwnProcess;
import java.util.Optional;

/// How many descriptors this process may have. Services get the limit that the daemon was started
/// with; the daemon raises its own only when that does not suffice, because from then on every
/// launch has to lower it again.
final class FileLimit {
  /// Stores, sockets, and the most connections at a time ([bespoke.control.Limits]).
  private static final int OF_THE_DAEMON = 640;

  private volatile Optional<Limit> found = Optional.empty();

  /// Raises the soft limit to the hard one if so many services need that: an adopted process takes
  /// a descriptor.
  void suffice(int instances) {
    Limit limit =
        new Limit(
            OwnProcess.softLimit(OwnProcess.LIMIT_FILES),
            OwnProcess.hardLimit(OwnProcess.LIMIT_FILES));
    boolean suffices =
        limit.soft() == limit.hard()
            || Long.compareUnsigned(limit.soft(), OF_THE_DAEMON + (long) instances) >= 0;
    if (!suffices && OwnProcess.setSoftLimit(OwnProcess.LIMIT_FILES, limit.hard()) == 0) {
      found = Optional.of(limit);
    }
  }

  /// The limit at the start of the daemon; empty while that is still in force.
  Optional<Limit> found() {
    return found;
  }

  /// Puts it back, for the next program in this process.
  void restore() {
    found.ifPresent(it -> OwnProcess.setSoftLimit(OwnProcess.LIMIT_FILES, it.soft()));
  }
}
