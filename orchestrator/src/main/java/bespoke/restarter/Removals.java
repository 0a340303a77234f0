package bespoke.restarter;

import bespoke.contract.Contracts;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Removes contracts that are empty, a moment later, and while there is more urgent work a while
/// later: whoever is stopped or restarted does not wait for it.
final class Removals {

  private static final Duration LATER = Duration.ofMillis(100);

  /// How many times others may go first.
  private static final int TURNS_GIVEN_MAX = 20;

  private final Timers timers;
  private final Lanes<Object> lanes;
  private final Supplier<Contracts> contracts;
  private final BooleanSupplier isBusy;
  private final Set<Long> due = ConcurrentHashMap.newKeySet();

  /// @param isBusy whether other work waits
  Removals(
      Timers timers, Lanes<Object> lanes, BooleanSupplier isBusy, Supplier<Contracts> contracts) {
    this.isBusy = isBusy;
    this.timers = timers;
    this.lanes = lanes;
    this.contracts = contracts;
  }

  /// Removes a contract soon, if it is still empty then.
  void add(long contract) {
    if (due.add(contract)) {
      later(TURNS_GIVEN_MAX);
    }
  }

  private void later(int turnsToGive) {
    timers.scheduleIfAbsent(
        this,
        LATER,
        () -> {
          if (turnsToGive > 0 && isBusy.getAsBoolean()) {
            later(turnsToGive - 1);
          } else {
            lanes.add(this, this::removeAll);
          }
        });
  }

  private void removeAll() {
    for (long contract : Set.copyOf(due)) {
      due.remove(contract);
      contracts.get().remove(contract);
    }
  }

  /// Removes at once what is left, when the daemon ends.
  void close() {
    removeAll();
  }
}
