package bespoke.contract;

import bespoke.os.DirectSpawner;
import bespoke.os.Poller;
import bespoke.os.PosixSpawner;
import bespoke.os.Spawner;
import java.nio.file.Path;
import java.util.Optional;

/// What [Contracts] are opened with.
///
/// @param rootDirectory names the sub-tree: each root directory has its own, and the next daemon of
///   the same one finds what the last one left. Need not exist
/// @param choice which back end
/// @param listener told what happens
public record ContractsOpening(Path rootDirectory, Choice choice, ContractListener listener) {

  private static final String DIRECT = "BESPOKE_DIRECT_START";

  /// Which back end to use.
  public enum Choice {
    /// cgroup v2 where it can be written, else tracking.
    BEST,
    CGROUP,
    TRACKING
  }

  /// Opens the contracts with a thread of their own for waiting; see [#open(Poller)].
  public Contracts open() {
    return open(new Poller(), true, isDirectAllowed());
  }

  /// The same by posix_spawn(3) and a shell, as where nothing else is possible.
  Contracts openOrdinarily() {
    return open(new Poller(), true, false);
  }

  /// Opens the contracts: becomes child subreaper and starts the reaper. One at a time in a
  /// process.
  ///
  /// @param poller what waits for changes; it stays open when the contracts are closed. Whoever has
  ///   one thread for everything must never wait long for a launch: so user, groups and
  ///   capabilities are set by setpriv(1) then, after the launch
  /// @throws IllegalStateException when [Choice#CGROUP] is wanted and there is no writable cgroup2
  public Contracts open(Poller poller) {
    return open(poller, false, isDirectAllowed());
  }

  /// An administrator can forbid it, should a machine not bear it.
  private static boolean isDirectAllowed() {
    return !"never".equals(System.getenv(DIRECT));
  }

  private static Spawner spawner(boolean mayBeDirect) {
    Optional<DirectSpawner> direct =
        mayBeDirect ? DirectSpawner.open(Optional.empty()) : Optional.empty();
    return direct.isPresent() ? direct.get() : new PosixSpawner();
  }

  private Contracts open(Poller poller, boolean ownsPoller, boolean mayBeDirect) {
    Optional<CgroupTree> tree =
        choice == Choice.TRACKING ? Optional.empty() : CgroupTree.open(rootDirectory, mayBeDirect);
    if (tree.isEmpty() && choice == Choice.CGROUP) {
      throw new IllegalStateException("cannot use cgroups: no cgroup2 file system can be written");
    }
    Spawner spawner =
        tree.map(found -> found.way().spawner()).orElseGet(() -> spawner(mayBeDirect));
    LiveContracts.MembershipSource source =
        tree.isPresent()
            ? changes -> new CgroupMembership(tree.get(), poller, changes)
            : changes -> new TrackingMembership(Mark.of(rootDirectory), poller, changes);
    return new LiveContracts(source, listener, spawner, poller, ownsPoller);
  }
}
