package bespoke.contract;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import bespoke.os.Descriptor;
import bespoke.os.Spawner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// Looks for the [Spare] of a contract in the cgroup file system.
final class WaitingSpare {
  private WaitingSpare() {}

  /// Waits until there is one.
  ///
  /// @return its pid
  static long await(Contracts contracts, long contract) {
    return awaitIn(directory(contracts, contract));
  }

  static long awaitIn(Path directory) {
    assumeFalse(new Spawner().canChooseCgroup(), "processes are born in their cgroups");
    for (int i = 0; i < 3000; i++) {
      String pids = Descriptor.readText(directory.resolve("cgroup.procs"), 1000);
      if (pids != null && !pids.isBlank()) {
        return Long.parseLong(pids.strip());
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("no spare in " + directory);
  }

  /// Where the spare of a contract is.
  static Path directory(Contracts contracts, long contract) {
    Path tree = Path.of(contracts.description().substring("cgroup v2 at ".length()));
    return tree.resolve(Long.toString(contract));
  }

  /// Waits until nothing is left of a cgroup.
  static void awaitGone(Path directory) {
    for (int i = 0; i < 3000 && Files.exists(directory); i++) {
      LockSupport.parkNanos(5_000_000);
    }
    if (Files.exists(directory)) {
      throw new AssertionError("still there: " + directory);
    }
  }
}
