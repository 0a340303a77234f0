package bespoke.contract;

import bespoke.os.Poller;
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

  /// Which back end to use.
  public enum Choice {
    /// cgroup v2 where it can be written, else tracking.
    BEST,
    CGROUP,
    TRACKING
  }

  /// Opens the contracts with a thread of their own for waiting; see [#open(Poller)].
  public Contracts open() {
    return open(new Poller(), true);
  }

  /// Opens the contracts: becomes child subreaper and starts the reaper. One at a time in a
  /// process.
  ///
  /// @param poller what waits for changes; it stays open when the contracts are closed
  /// @throws IllegalStateException when [Choice#CGROUP] is wanted and there is no writable cgroup2
  public Contracts open(Poller poller) {
    return open(poller, false);
  }

  private Contracts open(Poller poller, boolean ownsPoller) {
    Spawner spawner = new Spawner();
    Optional<CgroupTree> tree =
        choice == Choice.TRACKING ? Optional.empty() : CgroupTree.open(rootDirectory, spawner);
    if (tree.isEmpty() && choice == Choice.CGROUP) {
      throw new IllegalStateException("cannot use cgroups: no cgroup2 file system can be written");
    }
    LiveContracts.MembershipSource source =
        tree.isPresent()
            ? changes -> new CgroupMembership(tree.get(), spawner, poller, changes)
            : changes -> new TrackingMembership(Mark.of(rootDirectory), poller, changes);
    return new LiveContracts(source, listener, spawner, poller, ownsPoller);
  }
}
