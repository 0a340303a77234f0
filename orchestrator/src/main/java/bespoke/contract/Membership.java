package bespoke.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// How a back end knows which process belongs to which contract. All calls come under the lock of
/// [LiveContracts].
interface Membership {

  /// What a process needs to be born as a member.
  ///
  /// @param cgroup directory of the cgroup to be in, if there is one
  /// @param isChosen whether the kernel puts a new process there; otherwise it has to join
  /// @param environment additional `NAME=value`
  record Birth(Optional<Path> cgroup, boolean isChosen, List<String> environment) {}

  Contracts.BackEnd backEnd();

  String description();

  Set<String> controllers();

  List<String> unavailable(Resources resources);

  /// Makes a contract if it is not there.
  ///
  /// @return what went wrong
  Optional<String> create(long contract, String label);

  List<String> limit(long contract, Resources resources);

  Birth birth(long contract);

  /// Whether a child that it does not know may be taken for an orphan, so that nothing may be
  /// spawned while children are looked at.
  boolean mustKnowAllChildren();

  /// A child of ours was born in a contract.
  void born(long contract, int pid);

  /// A child of ours has ended and is about to be reaped; its orphans, if any, are our children by
  /// now.
  ///
  /// @param launchedIn the contract that it was launched in, if it was
  /// @return the contract that it belongs to
  OptionalLong ended(int pid, OptionalLong launchedIn);

  /// It has been reaped.
  void reaped(int pid);

  /// Whether anything is alive in it, besides the children that were launched by us.
  boolean hasMembers(long contract);

  /// Living members.
  List<Long> members(long contract);

  /// Kills what is in it now.
  void kill(long contract);

  /// The contract of any process.
  OptionalLong contractOf(long pid);

  /// Whether it still is a member; guards signals against reused pids.
  default boolean isMember(long contract, long pid) {
    OptionalLong owner = contractOf(pid);
    return owner.isPresent() && owner.getAsLong() == contract;
  }

  /// Begins to tell when a contract that an earlier daemon made may have become empty.
  ///
  /// @return its members, as of a moment ago
  List<Long> adopt(long contract);

  /// Takes an empty contract away.
  void remove(long contract);

  Set<Long> leftBehind();

  /// Stops watching.
  ///
  /// @param isIdle whether no process of ours is, or may still be on its way, in any contract
  void close(boolean isIdle);

  /// A watched member of an adopted contract has ended; told back by [Changes#memberEnded].
  void memberEnded(long contract, long pid);

  /// Who wants to know what a back end noticed by itself. Called without the lock.
  interface Changes {
    /// A contract may have become empty.
    void mayBeEmpty(long contract);

    /// A watched member of an adopted contract has ended.
    void memberEnded(long contract, long pid);
  }
}
