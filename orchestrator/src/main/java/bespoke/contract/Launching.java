package bespoke.contract;

import bespoke.os.Processes;
import bespoke.os.Spawned;
import bespoke.os.Spawner;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/// Starts processes in contracts.
final class Launching {
  private final Membership membership;
  private final Spawner spawner;
  private final LaunchPreparation.Abilities abilities;
  private final OurChildren children;
  private final ContractListener listener;
  private final Lock lock;
  private final LongFunction<LiveContract> contracts;
  private final Consumer<LiveContract> born;
  private final LongConsumer settle;

  /// The lock of [LiveContracts].
  @FunctionalInterface
  interface Lock {
    <T> T locked(Supplier<T> action);
  }

  /// @param mayWait whether the thread of a launch may have to wait for a user of the machine
  ///   (`bespoke.os.BirthCalls`), until somebody else kills the contract
  /// @param contracts what is known of a contract; called under the lock, as are the next two
  /// @param born told when a process was born in it
  /// @param settle tells that a contract is empty, if it is
  Launching(
      Membership membership,
      Spawner spawner,
      boolean mayWait,
      OurChildren children,
      ContractListener listener,
      Lock lock,
      LongFunction<LiveContract> contracts,
      Consumer<LiveContract> born,
      LongConsumer settle) {
    this.membership = membership;
    this.spawner = spawner;
    boolean canWait = mayWait && !membership.mustKnowAllChildren();
    this.abilities =
        new LaunchPreparation.Abilities(
            spawner.setsContext(), spawner.setsContext() && canWait, spawner.canChangeDirectory());
    this.children = children;
    this.listener = listener;
    this.lock = lock;
    this.contracts = contracts;
    this.born = born;
    this.settle = settle;
  }

  private <T> T locked(Supplier<T> action) {
    return lock.locked(action);
  }

  /// Starts a process in a contract that has been made.
  Launched launch(long contract, Launch launch) {
    Membership.Birth birth = locked(() -> membership.birth(contract));
    return switch (LaunchPreparation.prepare(launch, birth, abilities)) {
      case LaunchPreparation.Answer.Impossible(LaunchFailure failure) ->
          new Launched.Failed(failure);
      case LaunchPreparation.Answer.Ready(PreparedLaunch prepared) -> {
        try (prepared) {
          yield start(contract, launch, prepared);
        }
      }
    };
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
    contracts.apply(contract).launching++;
  }

  private Launched finish(long contract, Spawned spawned, Launch launch, PreparedLaunch prepared) {
    LiveContract live = contracts.apply(contract);
    live.launching--;
    return switch (spawned) {
      case Spawned.Failed failed -> {
        settle.accept(contract);
        yield new Launched.Failed(prepared.explain(failed));
      }
      case Spawned.Child child -> born(contract, child, launch, prepared.trampolined());
    };
  }

  private Launched born(
      long contract, Spawned.Child child, Launch launch, Optional<ProgramCheck> trampolined) {
    LiveContract live = contracts.apply(contract);
    int pid = child.pid();
    long startTime =
        child.startTime() == 0 ? Processes.startTime(pid).orElse(0) : child.startTime();
    KnownProcess process = new KnownProcess(launch.run(), pid, startTime);
    children.add(new LaunchedChild(contract, process, trampolined));
    live.children.add(pid);
    live.isArmed = true;
    membership.born(contract, pid);
    listener.processStarted(contract, launch.run(), process);
    born.accept(live);
    return new Launched.Started(process);
  }
}
