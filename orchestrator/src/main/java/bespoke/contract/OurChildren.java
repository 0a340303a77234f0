package bespoke.contract;

import bespoke.os.Children;
import bespoke.os.Processes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The children of this process: which were launched in which contract, and taking away those that
/// have ended. Guarded by the lock of [LiveContracts].
final class OurChildren {
  private final Membership membership;
  private final Map<Integer, LaunchedChild> launched = new HashMap<>();
  private final LaunchTickets tickets = new LaunchTickets();
  private final Strangers strangers = new Strangers();

  OurChildren(Membership membership) {
    this.membership = membership;
  }

  /// Told of each ended child of a contract once it is reaped.
  @FunctionalInterface
  interface Exits {
    void exited(long contract, ProcessExit exit);
  }

  long beginLaunch() {
    return tickets.begin();
  }

  void endLaunch(long ticket) {
    tickets.end(ticket);
  }

  void add(LaunchedChild child) {
    launched.put((int) child.process().pid(), child);
  }

  boolean contains(long pid) {
    return launched.containsKey((int) pid);
  }

  boolean isEmpty() {
    return launched.isEmpty();
  }

  /// The contract that a child was launched in, if it was.
  OptionalLong contractOf(long pid) {
    LaunchedChild child = launched.get((int) pid);
    return child == null ? OptionalLong.empty() : OptionalLong.of(child.contract());
  }

  /// Reaps every child that has ended.
  ///
  /// @return whether some were left for a moment, because they may turn out to be launched ones, or
  ///   because somebody else in this process may wait for them
  boolean reapEnded(Exits exits) {
    Optional<Children.Dead> dead = Children.anyDead();
    while (dead.isPresent()) {
      if (!reap(dead.get(), exits)) {
        reapBehind(exits);
        return true;
      }
      dead = Children.anyDead();
    }
    return false;
  }

  /// The kernel shows only the first ended child; when that one is left, the others are looked for.
  private void reapBehind(Exits exits) {
    Processes.ourChildren()
        .filter(pid -> Processes.stat(pid).filter(Processes.Stat::isEnded).isPresent())
        .mapToObj(pid -> Children.dead((int) pid))
        .flatMap(Optional::stream)
        .forEach(dead -> reap(dead, exits));
  }

  /// Reaps one that has ended.
  ///
  /// @return false when it was left
  boolean reap(Children.Dead dead, Exits exits) {
    int pid = dead.pid();
    LaunchedChild child = launched.get(pid);
    if (child == null && tickets.mayBeOurs(pid)) {
      return false;
    }
    OptionalLong contract = membership.ended(pid, contractOf(pid));
    if (child == null && contract.isEmpty() && strangers.mayBeAwaited(pid)) {
      return false;
    }
    Optional<LaunchFailure> failure = child == null ? Optional.empty() : child.failureOf(dead);
    Children.reap(pid);
    launched.remove(pid);
    tickets.forget(pid);
    strangers.forget(pid);
    membership.reaped(pid);
    contract.ifPresent(id -> exits.exited(id, ProcessExit.ofChild(id, dead, child, failure)));
    return true;
  }
}
