package bespoke.contract;

import java.nio.file.Path;

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

  /// Opens the contracts: becomes child subreaper and starts the reaper. Once per process.
  ///
  /// @throws IllegalStateException when [Choice#CGROUP] is wanted and there is no writable cgroup2
  @SuppressWarnings("DoNotCallSuggester") // until the back ends are there
  public Contracts open() {
    throw new IllegalStateException("cannot open contracts yet: the back ends are not landed");
  }
}
