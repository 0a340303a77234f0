package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.PidDescriptor;
import bespoke.os.Poller;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Contracts as processes that we keep track of.
///
/// We are the child subreaper, so every member has a chain of parents that ends at a child of ours:
/// a launched one, or an orphan that became our child when its parent ended. At that moment it is
/// decided whose it is: by the mark in its environment, else by its session, else by the contract
/// of the processes that have just ended. From then on the process tree tells everything, and a
/// contract is empty exactly when no child of ours belongs to it.
///
/// Contracts of an earlier daemon are searched in all of `/proc` by mark, session and parents;
/// their members are watched one by one.
final class TrackingMembership implements Membership {
  private static final long TREE_NANOS_MAX = 300_000_000;
  private static final int PARENTS_MAX = 10_000;

  private final Mark mark;
  private final Poller poller;
  private final Changes changes;
  private final long self = Processes.self();
  private final long ourSession;
  private final boolean canListChildren = Processes.canListChildren();

  /// The contract of each child of ours that is not reaped.
  private final Map<Long, Long> children = new HashMap<>();

  /// Children of ours that came from no contract, with their start times: nothing of a contract had
  /// ended when they were first seen.
  private final Map<Long, Long> strangers = new HashMap<>();

  private final Map<Long, Integer> childrenOf = new HashMap<>();
  private final Set<Long> known = new HashSet<>();

  /// Sessions that launched processes made, by session id; those of contracts that are known.
  private final Map<Long, Long> sessions = new HashMap<>();

  private @Nullable ProcessTree lastTree;
  private long lastTreeNanos;

  /// Contracts of an earlier daemon, and the watches of their members.
  private final Map<Long, Map<Long, Poller.Registration>> adopted = new HashMap<>();

  TrackingMembership(Mark mark, Poller poller, Changes changes) {
    this.mark = mark;
    this.poller = poller;
    this.changes = changes;
    this.ourSession = Processes.stat(self).map(Processes.Stat::session).orElse(0L);
  }

  @Override
  public Contracts.BackEnd backEnd() {
    return Contracts.BackEnd.TRACKING;
  }

  @Override
  public String description() {
    return "tracking of processes, since no cgroup2 file system can be written";
  }

  @Override
  public Set<String> controllers() {
    return Set.of();
  }

  @Override
  public List<String> unavailable(Resources resources) {
    return resources.values().keySet().stream()
        .map(file -> "cannot limit " + file + ": no cgroup2 file system can be written here")
        .toList();
  }

  @Override
  public Optional<String> create(long contract, String label) {
    known.add(contract);
    return Optional.empty();
  }

  @Override
  public List<String> limit(long contract, Resources resources) {
    return unavailable(resources);
  }

  @Override
  public Birth birth(long contract) {
    return new Birth(Optional.empty(), false, List.of(mark.assignment(contract)));
  }

  @Override
  public boolean mustKnowAllChildren() {
    return true;
  }

  @Override
  public void born(long contract, int pid) {
    own(pid, contract);
    sessions.put((long) pid, contract);
  }

  private void own(long pid, long contract) {
    Long before = children.put(pid, contract);
    if (before == null) {
      childrenOf.merge(contract, 1, Integer::sum);
    }
  }

  @Override
  public OptionalLong ended(int pid, OptionalLong launchedIn) {
    claimOrphans();
    Long owner = children.get((long) pid);
    return owner == null ? launchedIn : OptionalLong.of(owner);
  }

  @Override
  public void reaped(int pid) {
    strangers.remove((long) pid);
    Long contract = children.remove((long) pid);
    if (contract != null) {
      childrenOf.computeIfPresent(contract, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /// Finds out whose our new children are.
  private void claimOrphans() {
    List<Long> unknown =
        Processes.inheritedChildren().filter(pid -> !children.containsKey(pid)).boxed().toList();
    List<Processes.Stat> unclaimed = new ArrayList<>();
    for (long pid : unknown) {
      Optional<Processes.Stat> stat = Processes.stat(pid);
      if (stat.isEmpty()
          || stat.get().session() == ourSession // started by something else in this process
          || Objects.equals(strangers.get(pid), stat.get().startTime())) {
        continue;
      }
      OptionalLong owner = byItself(stat.get());
      if (owner.isPresent()) {
        own(pid, owner.getAsLong());
      } else {
        unclaimed.add(stat.get());
      }
    }
    if (!unclaimed.isEmpty()) {
      contractOfTheEnded()
          .ifPresentOrElse(
              contract -> unclaimed.forEach(stat -> own(stat.pid(), contract)),
              () -> unclaimed.forEach(stat -> strangers.put(stat.pid(), stat.startTime())));
    }
  }

  private OptionalLong byItself(Processes.Stat stat) {
    OptionalLong marked = mark.contractOf(stat.pid());
    if (marked.isPresent()) {
      return marked;
    }
    Long ofSession = sessions.get(stat.session());
    return ofSession == null ? OptionalLong.empty() : OptionalLong.of(ofSession);
  }

  /// The contract of a child that has ended and is not reaped: the parent that an orphan lost.
  private OptionalLong contractOfTheEnded() {
    return children.keySet().stream()
        .filter(pid -> Processes.stat(pid).filter(Processes.Stat::isEnded).isPresent())
        .mapToLong(children::get)
        .findFirst();
  }

  /// Every living member has a chain of parents that ends at a child of ours, and orphans are
  /// claimed before the child that they lost is reaped: so the count of children tells.
  @Override
  public boolean hasMembers(long contract) {
    return childrenOf.containsKey(contract)
        || (adopted.containsKey(contract)
            && (isWatchedAlive(contract) || !watchMembers(contract).isEmpty()));
  }

  @Override
  public List<Long> members(long contract) {
    if (!adopted.containsKey(contract) && canListChildren) {
      return ChildrenWalk.from(
          children.entrySet().stream()
              .filter(entry -> entry.getValue() == contract)
              .map(Map.Entry::getKey)
              .toList());
    }
    return new ProcessTree(self, this::ownerInTree).members(contract);
  }

  /// What is known of a process without its parents.
  private OptionalLong ownerInTree(Processes.Stat stat) {
    Long child = children.get(stat.pid());
    if (child != null) {
      return OptionalLong.of(child);
    }
    if (adopted.isEmpty() || stat.session() == ourSession) {
      return OptionalLong.empty();
    }
    return byItself(stat);
  }

  /// Walks up the parents; a loop cannot be, but the walk has an end all the same.
  @Override
  public OptionalLong contractOf(long pid) {
    long at = pid;
    for (int i = 0; i < PARENTS_MAX && at > 1 && at != self; i++) {
      Optional<Processes.Stat> stat = Processes.stat(at);
      if (stat.isEmpty()) {
        break;
      }
      OptionalLong owner = ownerInTree(stat.get());
      if (owner.isPresent()) {
        return owner;
      }
      at = stat.get().parent();
    }
    return OptionalLong.empty();
  }

  /// Stops everything first, so that nothing is born while the rest is killed.
  @Override
  public void kill(long contract) {
    send(contract, Signals.STOP);
    send(contract, Signals.KILL);
  }

  private void send(long contract, int signal) {
    List<Long> members =
        adopted.containsKey(contract)
            ? recentTree().members(contract) // who is missed is killed the next time
            : members(contract);
    try (PinnedProcesses pinned =
        PinnedProcesses.of(members, _ -> false, pid -> isMember(contract, pid))) {
      pinned.send(signal);
    }
  }

  // --- contracts of an earlier daemon

  @Override
  public List<Long> adopt(long contract) {
    if (!known.add(contract)) {
      return members(contract);
    }
    adopted.put(contract, new HashMap<>());
    List<Long> members = recentTree().members(contract);
    watch(contract, members);
    return members;
  }

  /// Many contracts are adopted at once, and each look at all of `/proc` takes long.
  private ProcessTree recentTree() {
    long now = System.nanoTime();
    ProcessTree tree = lastTree;
    if (tree == null || now - lastTreeNanos > TREE_NANOS_MAX) {
      tree = new ProcessTree(self, this::ownerInTree);
      lastTree = tree;
      lastTreeNanos = now;
    }
    return tree;
  }

  /// Each watch ends with its process; one that goes on saves a look at all of `/proc`.
  private boolean isWatchedAlive(long contract) {
    return adopted.getOrDefault(contract, Map.of()).keySet().stream()
        .anyMatch(pid -> Processes.stat(pid).filter(stat -> !stat.isEnded()).isPresent());
  }

  private List<Long> watchMembers(long contract) {
    List<Long> members = members(contract);
    watch(contract, members);
    return members;
  }

  private void watch(long contract, List<Long> members) {
    Map<Long, Poller.Registration> watches = adopted.getOrDefault(contract, new HashMap<>());
    for (long pid : members) {
      if (!watches.containsKey(pid) && !children.containsKey(pid)) {
        watch(contract, pid, watches);
      }
    }
  }

  private void watch(long contract, long pid, Map<Long, Poller.Registration> watches) {
    Processes.stat(pid).ifPresent(stat -> sessions.putIfAbsent(stat.session(), contract));
    int number = PidDescriptor.open(pid);
    if (number < 0) {
      return;
    }
    Descriptor descriptor = new Descriptor(number);
    Poller.Registration registration =
        poller.watch(number, Poller.READABLE, _ -> changes.memberEnded(contract, pid));
    watches.put(
        pid,
        () -> {
          registration.cancel();
          descriptor.close();
        });
  }

  @Override
  public void memberEnded(long contract, long pid) {
    Map<Long, Poller.Registration> watches = adopted.get(contract); // none if it was removed before
    Poller.@Nullable Registration watch = watches == null ? null : watches.remove(pid);
    if (watch != null) {
      watch.cancel();
    }
  }

  @Override
  public void remove(long contract) {
    known.remove(contract);
    Map<Long, Poller.Registration> watches = adopted.remove(contract);
    if (watches != null) {
      watches.values().forEach(Poller.Registration::cancel);
    }
    sessions.values().removeIf(owner -> owner == contract);
  }

  @Override
  public Set<Long> leftBehind() {
    Set<Long> found = new TreeSet<>();
    Processes.all().forEach(pid -> mark.contractOf(pid).ifPresent(found::add));
    found.removeAll(known);
    return found;
  }

  @Override
  public void close(boolean isIdle) {
    adopted.values().forEach(watches -> watches.values().forEach(Poller.Registration::cancel));
    adopted.clear();
  }
}
