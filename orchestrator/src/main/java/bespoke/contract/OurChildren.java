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
  /// How long a launch may take before the children behind its own are looked for.
  private static final long LAUNCH_NANOS = 5_000_000;

  private final Membership membership;
  private final Map<Integer, LaunchedChild> launched = new HashMap<>();
  private final LaunchTickets tickets = new LaunchTickets();
  private final Strangers strangers = new Strangers();
  private int pending;
  private long pendingSinceNanos;

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
        if (!isBeingLaunched(dead.get().pid())) {
          reapBehind(exits);
        }
        return true;
      }
      dead = Children.anyDead();
    }
    return false;
  }

  /// Whether a child that was left is probably one whose launch will be over in a moment: one that
  /// ended at once. The reaper is woken then.
  private boolean isBeingLaunched(int pid) {
    if (launched.containsKey(pid) || !tickets.mayBeOurs(pid)) {
      return false;
    }
    if (pid != pending) {
      pending = pid;
      pendingSinceNanos = System.nanoTime();
    }
    return System.nanoTime() - pendingSinceNanos < LAUNCH_NANOS;
  }

  /// The kernel shows only the first ended child; when that one is left, the others are looked for,
  /// which takes a look at each.
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
    pending = pid == pending ? 0 : pending;
    membership.reaped(pid);
    contract.ifPresent(id -> exits.exited(id, ProcessExit.ofChild(id, dead, child, failure)));
    return true;
  }
}
