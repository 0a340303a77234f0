package bespoke.contract;

import bespoke.contract.LaunchFailure.Kind;
import bespoke.os.Children;
import bespoke.os.Poller;
import bespoke.os.Processes;
import bespoke.os.Signals;
import bespoke.os.Spawned;
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
  private final Spawner spawner;
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
    this.spawner = spawner;
    this.poller = poller;
    this.ownsPoller = ownsPoller;
    Children.becomeSubreaper();
    this.membership = source.open(this);
    this.children = new OurChildren(membership);
    this.killing = new Killing(poller, membership, this::locked, this::settled);
    this.adopted =
        new AdoptedProcesses(poller, listener, this::locked, this::keepChild, this::settle);
    this.reaper = new Reaper(this::reapEnded);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void locked(Runnable action) {
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
      contracts.computeIfAbsent(contract, LiveContract::new).isAbandoned = false;
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
  public void expect(long contract) {
    locked(() -> membership.expect(contract));
  }

  @Override
  public Launched launch(long contract, Launch launch) {
    Optional<String> problem = create(contract, "");
    if (problem.isPresent()) {
      return new Launched.Failed(new LaunchFailure(Kind.CONTRACT, problem.get()));
    }
    Membership.Birth birth = locked(() -> membership.birth(contract));
    return locked(() -> membership.spare(contract))
        .flatMap(spare -> launchBy(spare, launch, birth))
        .orElseGet(() -> launch(contract, launch, birth));
  }

  private Launched launch(long contract, Launch launch, Membership.Birth birth) {
    return switch (LaunchPreparation.prepare(launch, birth, spawner.canChangeDirectory())) {
      case LaunchPreparation.Answer.Impossible(LaunchFailure failure) ->
          new Launched.Failed(failure);
      case LaunchPreparation.Answer.Scripted _ -> throw new IllegalStateException("no spare");
      case LaunchPreparation.Answer.Ready(PreparedLaunch prepared) -> {
        try (prepared) {
          yield start(contract, launch, prepared);
        }
      }
    };
  }

  /// @return empty when the spare cannot do it, and is ended
  private Optional<Launched> launchBy(Spare spare, Launch launch, Membership.Birth birth) {
    if (!SpareScript.canExpress(launch)) {
      spare.end();
      return Optional.empty();
    }
    return switch (LaunchPreparation.prepareForSpare(launch, birth)) {
      case LaunchPreparation.Answer.Impossible(LaunchFailure failure) -> {
        spare.end();
        yield Optional.of(new Launched.Failed(failure));
      }
      case LaunchPreparation.Answer.Ready _ -> throw new IllegalStateException("not for a spare");
      case LaunchPreparation.Answer.Scripted(String script, ProgramCheck program) ->
          locked(() -> become(spare, launch, script, program));
    };
  }

  /// Writing takes microseconds; nobody reaps meanwhile.
  private Optional<Launched> become(
      Spare spare, Launch launch, String script, ProgramCheck program) {
    if (!spare.become(script)) {
      spare.kill();
      return Optional.empty();
    }
    return Optional.of(born(spare.contract(), spare.pid(), launch, Optional.of(program)));
  }

  /// Spawning waits until the child executes, so it is done without the lock where that is
  /// possible. Until it is known what came of it, the contract is not empty, and no unknown child
  /// is taken for an orphan.
  private Launched start(long contract, Launch launch, PreparedLaunch prepared) {
    if (membership.mustKnowAllChildren()) {
      return locked(() -> {
        begin(contract);
        return finish(contract, prepared.spawn(spawner), launch, prepared);
      });
    }
    long ticket =
        locked(() -> {
          begin(contract);
          return children.beginLaunch();
        });
    Spawned spawned = prepared.spawn(spawner);
    return locked(() -> {
      children.endLaunch(ticket);
      return finish(contract, spawned, launch, prepared);
    });
  }

  private void begin(long contract) {
    contracts.computeIfAbsent(contract, LiveContract::new).launching++;
  }

  private Launched finish(long contract, Spawned spawned, Launch launch, PreparedLaunch prepared) {
    LiveContract live = contracts.computeIfAbsent(contract, LiveContract::new);
    live.launching--;
    return switch (spawned) {
      case Spawned.Failed failed -> {
        settle(contract);
        yield new Launched.Failed(prepared.explain(failed));
      }
      case Spawned.Child(int pid) -> born(contract, pid, launch, prepared.trampolined());
    };
  }

  private Launched born(long contract, int pid, Launch launch, Optional<ProgramCheck> trampolined) {
    LiveContract live = contracts.computeIfAbsent(contract, LiveContract::new);
    KnownProcess process = new KnownProcess(launch.run(), pid, Processes.startTime(pid).orElse(0));
    children.add(new LaunchedChild(contract, process, trampolined));
    live.children.add(pid);
    live.isArmed = true;
    membership.born(contract, pid);
    listener.processStarted(contract, launch.run(), process);
    if (live.isKilling) {
      killing.now(live);
    }
    reaper.wake();
    return new Launched.Started(process);
  }

  // --- reaping

  /// Reaps every child that has ended, tells of each, and then of the contracts they left empty.
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
        && !membership.hasMembers(live.id);
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
  public void childMade() {
    reaper.wake();
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
      reapEnded();
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
          PinnedProcesses.of(members(contract), pid -> isMember(contract, pid))) {
        return members.send(signal);
      }
    });
  }

  /// A child of ours cannot be reaped meanwhile, so its pid is its own.
  private boolean isMember(long contract, long pid) {
    return children.contains(pid) || membership.isMember(contract, pid);
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
      LiveContract live = contracts.computeIfAbsent(contract, LiveContract::new);
      live.isAbandoned = true;
      live.isArmed = true;
      AdoptedProcesses.unwatch(live);
      settle(contract);
    });
  }

  @Override
  public boolean remove(long contract) {
    return locked(() -> {
      reapEnded();
      if (!isEmpty(contract)) {
        return false;
      }
      forget(contracts.getOrDefault(contract, new LiveContract(contract)));
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
  public List<Long> adopt(long contract, List<KnownProcess> processes) {
    return locked(() -> {
      LiveContract live = contracts.computeIfAbsent(contract, LiveContract::new);
      live.isArmed = true;
      List<Long> members = membership.adopt(contract);
      for (KnownProcess process : processes) {
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
