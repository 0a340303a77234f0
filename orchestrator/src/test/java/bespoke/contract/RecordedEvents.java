package bespoke.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Everything a listener was told, in order, with a way to wait for more.
final class RecordedEvents implements ContractListener {
  private static final long PATIENCE_SECONDS = 30;

  /// One call.
  sealed interface Told {
    record Started(long contract, long run, long pid) implements Told {}

    record Exited(ProcessExit exit) implements Told {}

    record Emptied(long contract) implements Told {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<Told> told = new ArrayList<>();

  private void add(Told event) {
    lock.lock();
    try {
      told.add(event);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void processStarted(long contract, long run, KnownProcess process) {
    add(new Told.Started(contract, run, process.pid()));
  }

  @Override
  public void processExited(ProcessExit exit) {
    add(new Told.Exited(exit));
  }

  @Override
  public void contractEmptied(long contract) {
    add(new Told.Emptied(contract));
  }

  List<Told> all() {
    lock.lock();
    try {
      return List.copyOf(told);
    } finally {
      lock.unlock();
    }
  }

  List<ProcessExit> exits() {
    return all().stream()
        .filter(Told.Exited.class::isInstance)
        .map(event -> ((Told.Exited) event).exit())
        .toList();
  }

  long emptied(long contract) {
    return all().stream().filter(new Told.Emptied(contract)::equals).count();
  }

  ProcessExit awaitExitOfRun(long run) {
    await(events -> exits().stream().anyMatch(exit -> exit.run().equals(optional(run))));
    return exits().stream()
        .filter(exit -> exit.run().equals(optional(run)))
        .findFirst()
        .orElseThrow();
  }

  private static OptionalLong optional(long run) {
    return OptionalLong.of(run);
  }

  void awaitEmptied(long contract) {
    await(events -> events.contains(new Told.Emptied(contract)));
  }

  /// Waits until what was told is as wanted.
  void await(Predicate<List<Told>> wanted) {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!wanted.test(List.copyOf(told))) {
        if (left <= 0) {
          throw new AssertionError(
              "still waiting after %d calls, the last: %s"
                  .formatted(
                      told.size(), told.subList(Math.max(0, told.size() - 10), told.size())));
        }
        left = more.awaitNanos(left);
      }
    } catch (InterruptedException problem) {
      throw new AssertionError(problem);
    } finally {
      lock.unlock();
    }
  }
}
