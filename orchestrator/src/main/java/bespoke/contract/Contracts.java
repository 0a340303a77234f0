package bespoke.contract;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// The process contracts of one daemon, by number.
///
/// Numbers are the caller's, positive and never reused while anything of the old contract is left.
/// All operations may be called from any thread, also a virtual one, and return at once; what
/// happens later is told to the [ContractListener]. Operations on an unknown contract are not
/// errors: it is treated as an empty one.
public interface Contracts extends AutoCloseable {

  /// How membership is known.
  enum BackEnd {
    CGROUP,
    TRACKING
  }

  /// Which back end this is.
  BackEnd backEnd();

  /// Where and how, in a sentence for people, such as `cgroup v2 at /sys/fs/cgroup/bespoke-1f`.
  String description();

  /// The cgroup controllers that [Resources] can use here, such as `memory`; none for tracking.
  Set<String> controllers();

  /// Why each of the wanted limits is not available here, a sentence each; empty when all are.
  List<String> unavailable(Resources resources);

  /// Makes an empty contract; nothing happens when it is there already.
  ///
  /// @param label for people who look at the cgroup tree, such as `site/web:default`; may be empty
  /// @return what went wrong, in a sentence; launching in it will fail then
  Optional<String> create(long contract, String label);

  /// Sets the limits of a contract, creating it if need be. Limits that are absent are lifted.
  ///
  /// @return what could not be set and why, a sentence each; the rest is set
  List<String> limit(long contract, Resources resources);

  /// Starts a process in a contract, creating that if need be.
  ///
  /// [ContractListener#processStarted] is called before this returns, and
  /// [ContractListener#processExited] follows for everything that was [Launched.Started].
  Launched launch(long contract, Launch launch);

  /// Sends a signal to every member.
  ///
  /// @param signal a number (signal(7)); 9 does what [#kill] does
  /// @return how many processes got it; 0 when it is empty
  int signal(long contract, int signal);

  /// Kills every member, and goes on until none is left. [ContractListener#contractEmptied] tells
  /// when, also if it is empty already.
  void kill(long contract);

  /// Asks for [ContractListener#contractEmptied]: at once if it is empty or unknown, otherwise when
  /// it becomes so.
  void awaitEmpty(long contract);

  /// Whether no process is in it.
  boolean isEmpty(long contract);

  /// The process ids of the members, sub-contracts included, rising.
  List<Long> members(long contract);

  /// How many members there are, sub-contracts included.
  default int size(long contract) {
    return members(contract).size();
  }

  /// The contract that a process belongs to, ours or inherited, if it is one of this daemon's.
  ///
  /// The cgroup back end cannot be deceived by the process; tracking can, by its own user.
  OptionalLong contractOf(long pid);

  /// Lets the members run on, unwatched: no further event about the contract, and it is removed
  /// when it is empty.
  void abandon(long contract);

  /// Forgets an empty contract.
  ///
  /// @return false when it has members; nothing is changed then
  boolean remove(long contract);

  /// The contracts that an earlier daemon of the same root directory left behind, rising. Those
  /// that are empty are included, so that their emptiness can be noticed.
  Set<Long> leftBehind();

  /// Takes over a contract that an earlier daemon left behind. Each of the processes that is gone
  /// or replaced by a stranger with the same pid is reported as exited (status unknown) at once,
  /// the others when they exit; so is emptiness.
  ///
  /// @param processes those whose death is of interest, such as the main process of the service
  /// @return the pids of all members found
  default List<Long> adopt(long contract, List<KnownProcess> processes) {
    return adopt(contract, _ -> processes);
  }

  /// The same, for those who have to see the members first.
  ///
  /// @param known chooses the processes whose death is of interest, given the pids of all members;
  ///   must not call these contracts
  List<Long> adopt(long contract, Function<List<Long>, List<KnownProcess>> known);

  /// Stops watching. Contracts and processes stay as they are.
  @Override
  void close();
}
