package bespoke.contract;

import bespoke.contract.LaunchFailure.Kind;
import bespoke.os.Children;
import bespoke.os.Poller;
import bespoke.os.Processes;
import bespoke.os.Signals;
import bespoke.os.Spawner;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The contracts of a running daemon, over either [Membership].
///
/// One lock guards everything, and the listener is called under it: so the calls come one at a time
/// and in an order that makes sense. Spawning is done without it; an ended child that nobody knows
/// is left alone while a launch is under way that may have made it ([LaunchTickets]), so a process
/// that ends at once is told as started first.
///
/// A contract is empty when no launch is under way, none of its launched children is left unreaped
/// and [Membership] finds nothing alive. That is asked after every batch of reaped children, and
/// whenever the back end noticed a change by itself; so no emptying is lost, whoever sees it first.
final class LiveContracts implements Contracts, Membership.Changes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Membership membership;
  private final ContractListener listener;
  private final Poller poller;
  private final boolean ownsPoller;
  private final Launching launching;
  private final Reaper reaper;
  private final Map<Long, LiveContract> contracts = new HashMap<>();
  private final OurChildren children;
  private final Killing killing;
  private final AdoptedProcesses adopted;

  /// Makes the back end, which tells us of changes.
  @FunctionalInterface
  interface MembershipSource {
    Membership open(Membership.Changes changes);
  }

  LiveContracts(
      MembershipSource source,
      ContractListener listener,
      Spawner spawner,
      Poller poller,
      boolean ownsPoller) {
    this.listener = listener;
    this.poller = poller;
    this.ownsPoller = ownsPoller;
    Children.becomeSubreaper();
    this.membership = source.open(this);
    this.children = new OurChildren(membership);
    this.launching =
        new Launching(
            membership,
            spawner,
            ownsPoller,
            children,
            listener,
            this::locked,
            this::live,
            this::born,
            this::settle);
    this.killing = new Killing(poller, membership, this::locked, this::settled);
    this.adopted =
        new AdoptedProcesses(poller, listener, this::locked, this::keepChild, this::settle);
    this.reaper = new Reaper(this::reap);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public BackEnd backEnd() {
    return membership.backEnd();
  }

  @Override
  public String description() {
    return membership.description();
  }

  @Override
  public Set<String> controllers() {
    return membership.controllers();
  }

  @Override
  public List<String> unavailable(Resources resources) {
    return membership.unavailable(resources);
  }

  @Override
  public Optional<String> create(long contract, String label) {
    return locked(() -> enter(contract, label));
  }

  private Optional<String> enter(long contract, String label) {
    Optional<String> problem = membership.create(contract, label);
    if (problem.isEmpty()) {
      live(contract).isAbandoned = false;
    }
    return problem;
  }

  @Override
  public List<String> limit(long contract, Resources resources) {
    return locked(() -> {
      Optional<String> problem = enter(contract, "");
      return problem.map(List::of).orElseGet(() -> membership.limit(contract, resources));
    });
  }

  // --- launching

  @Override
  public Launched launch(long contract, Launch launch) {
    Optional<String> problem = create(contract, "");
    return problem.isPresent()
        ? new Launched.Failed(new LaunchFailure(Kind.CONTRACT, problem.get()))
        : launching.launch(contract, launch);
  }

  private LiveContract live(long contract) {
    return contracts.computeIfAbsent(contract, LiveContract::new);
  }

  private void born(LiveContract live) {
    if (live.isKilling) {
      killing.now(live);
    }
    reaper.wake();
  }

  // --- reaping

  /// Reaps a child that has ended, tells of it, and of its contract if that is empty now.
  ///
  /// @return whether there is one that is nobody's and is left for a moment
  private boolean reap(int pid) {
    lock.lock();
    try {
      Optional<Children.Dead> dead = Children.dead(pid);
      if (dead.isEmpty()) {
        return false; // it was reaped meanwhile; the pid may be another child's by now
      }
      boolean isReaped =
          children.reap(
              dead.get(),
              (contract, exit) -> {
                exited(contract, exit);
                settle(contract);
              });
      return !isReaped && reapEnded();
    } finally {
      lock.unlock();
    }
  }

  /// Reaps every child that has ended, tells of each, and then of the contracts they left empty.
  /// The kernel looks at all children for that.
  ///
  /// @return whether there is one that is nobody's and is left for a moment
  private boolean reapEnded() {
    lock.lock();
    try {
      Set<Long> touched = new LinkedHashSet<>();
      boolean isAnyLeft =
          children.reapEnded((contract, exit) -> {
            touched.add(contract);
            exited(contract, exit);
          });
      touched.forEach(this::settle);
      return isAnyLeft;
    } finally {
      lock.unlock();
    }
  }

  private void exited(long contract, ProcessExit exit) {
    LiveContract live = contracts.get(contract);
    if (live == null) {
      return;
    }
    live.children.remove((int) exit.pid());
    if (!live.isAbandoned) {
      listener.processExited(exit);
    }
  }

  // --- emptiness

  /// Tells that a contract is empty if it is and somebody is to be told.
  private void settle(long contract) {
    LiveContract live = contracts.get(contract);
    if (live == null || !live.isArmed || !isEmptyNow(live)) {
      return;
    }
    live.isArmed = false;
    live.isKilling = false;
    if (live.isAbandoned) {
      forget(live);
    } else {
      listener.contractEmptied(contract);
    }
  }

  /// Reaps, tells of emptiness, and gives what is known of a contract then.
  private Optional<LiveContract> settled(long contract) {
    reapEnded();
    settle(contract);
    return Optional.ofNullable(contracts.get(contract));
  }

  private boolean isEmptyNow(LiveContract live) {
    return live.launching == 0
        && live.children.isEmpty()
        && live.adopted.isEmpty()
        && !(live.isArmed
            && membership.hasMembers(live.id)); // else it was empty, and is not in use
  }

  @Override
  public void memberEnded(long contract, long pid) {
    locked(() -> membership.memberEnded(contract, pid));
    mayBeEmpty(contract);
  }

  @Override
  public void mayBeEmpty(long contract) {
    locked(() -> {
      reapEnded();
      settle(contract);
    });
  }

  @Override
  public void awaitEmpty(long contract) {
    arm(contract, live -> {});
  }

  /// Arms a contract, does something to it, and tells if it is empty.
  private void arm(long contract, Consumer<LiveContract> action) {
    locked(() -> {
      LiveContract live = contracts.get(contract);
      if (live == null && !membership.hasMembers(contract)) {
        listener.contractEmptied(contract);
        return;
      }
      LiveContract known = contracts.computeIfAbsent(contract, this::adoptQuietly);
      known.isArmed = true;
      action.accept(known);
      if (known.children.isEmpty()) {
        reapEnded(); // orphans, of which the reaper may not have told yet
      }
      settle(contract);
    });
  }

  @Override
  public boolean isEmpty(long contract) {
    return locked(() -> {
      LiveContract live = contracts.get(contract);
      return live == null ? !membership.hasMembers(contract) : isEmptyNow(live);
    });
  }

  // --- signals

  @Override
  public int signal(long contract, int signal) {
    if (signal == Signals.KILL) {
      int count = size(contract);
      kill(contract);
      return count;
    }
    return locked(() -> {
      try (PinnedProcesses members =
          PinnedProcesses.of(
              members(contract), children::contains, pid -> isMember(contract, pid))) {
        return members.send(signal);
      }
    });
  }

  private boolean isMember(long contract, long pid) {
    return membership.isMember(contract, pid);
  }

  @Override
  public void kill(long contract) {
    locked(() -> {
      boolean isBegun = isKilling(contract);
      arm(
          contract,
          live -> {
            if (!isBegun && !isEmptyNow(live)) {
              killing.begin(live);
            }
          });
      if (!isBegun && isKilling(contract)) {
        killing.goOn(contract); // most are empty by now
      }
    });
  }

  private boolean isKilling(long contract) {
    LiveContract live = contracts.get(contract);
    return live != null && live.isKilling;
  }

  // --- members

  @Override
  public List<Long> members(long contract) {
    return locked(() -> {
      TreeSet<Long> members = new TreeSet<>(membership.members(contract));
      LiveContract live = contracts.get(contract);
      if (live != null) {
        for (int pid : live.children) {
          if (!members.contains((long) pid)
              && Processes.stat(pid).filter(stat -> !stat.isEnded()).isPresent()) {
            members.add((long) pid);
          }
        }
      }
      return List.copyOf(members);
    });
  }

  @Override
  public OptionalLong contractOf(long pid) {
    return locked(() -> {
      OptionalLong launchedIn = children.contractOf(pid);
      return launchedIn.isPresent() ? launchedIn : membership.contractOf(pid);
    });
  }

  @Override
  public void abandon(long contract) {
    locked(() -> {
      LiveContract live = live(contract);
      live.isAbandoned = true;
      live.isArmed = true;
      AdoptedProcesses.unwatch(live);
      settle(contract);
    });
  }

  @Override
  public boolean remove(long contract) {
    return locked(() -> {
      LiveContract live = contracts.get(contract);
      if (live == null || live.isArmed) {
        reapEnded();
      }
      if (!isEmpty(contract)) {
        return false;
      }
      forget(live == null ? new LiveContract(contract) : live);
      return true;
    });
  }

  private void forget(LiveContract live) {
    AdoptedProcesses.unwatch(live);
    contracts.remove(live.id);
    membership.remove(live.id);
  }

  // --- adoption

  @Override
  public Set<Long> leftBehind() {
    return locked(membership::leftBehind);
  }

  @Override
  public List<Long> adopt(long contract, Function<List<Long>, List<KnownProcess>> known) {
    return locked(() -> {
      LiveContract live = live(contract);
      live.isArmed = true;
      List<Long> members = membership.adopt(contract);
      for (KnownProcess process : known.apply(members)) {
        adopted.adopt(live, process);
      }
      settle(contract);
      return members;
    });
  }

  private LiveContract adoptQuietly(long contract) {
    LiveContract live = new LiveContract(contract);
    membership.adopt(contract);
    return live;
  }

  /// One of an earlier daemon's that is our child all the same, since we are its subreaper.
  private void keepChild(LiveContract live, KnownProcess process) {
    int pid = (int) process.pid();
    children.add(LaunchedChild.adopted(live.id, process));
    live.children.add(pid);
    membership.born(live.id, pid);
    reaper.wake();
  }

  @Override
  public void close() {
    locked(() -> {
      reaper.close();
      contracts.values().forEach(AdoptedProcesses::unwatch);
      membership.close(
          children.isEmpty() && contracts.values().stream().allMatch(live -> live.launching == 0));
    });
    if (ownsPoller) {
      poller.close();
    }
  }
}
