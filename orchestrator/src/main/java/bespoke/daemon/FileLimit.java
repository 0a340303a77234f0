package bespoke.daemon;

import bespoke.contract.Limit;
import bespoke.os.OwnProcess;
import java.util.Optional;

/// How many descriptors this process may have. The daemon needs more than the usual soft limit of
/// 1,024 for some thousand services; the services get the limit that the daemon was started with.
///
/// @param found the limit at the start; empty when its soft one was as high as it can be
record FileLimit(Optional<Limit> found) {
  /// Raises the soft limit to the hard one.
  static FileLimit raise() {
    Limit limit =
        new Limit(
            OwnProcess.softLimit(OwnProcess.LIMIT_FILES),
            OwnProcess.hardLimit(OwnProcess.LIMIT_FILES));
    if (limit.soft() == limit.hard()) {
      return new FileLimit(Optional.empty());
    }
    int answer = OwnProcess.setSoftLimit(OwnProcess.LIMIT_FILES, limit.hard());
    return new FileLimit(answer == 0 ? Optional.of(limit) : Optional.empty());
  }

  /// Puts it back, for the next program in this process.
  void restore() {
    found.ifPresent(it -> OwnProcess.setSoftLimit(OwnProcess.LIMIT_FILES, it.soft()));
  }
}
