package bespoke.restarter;

import bespoke.contract.Contracts;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Removes contracts that are empty, a moment later: whoever is restarted does not wait for it.
final class Removals {

  private static final Duration LATER = Duration.ofMillis(100);

  private final Timers timers;
  private final Lanes<Object> lanes;
  private final Supplier<Contracts> contracts;
  private final Set<Long> due = ConcurrentHashMap.newKeySet();

  Removals(Timers timers, Lanes<Object> lanes, Supplier<Contracts> contracts) {
    this.timers = timers;
    this.lanes = lanes;
    this.contracts = contracts;
  }

  /// Removes a contract soon, if it is still empty then.
  void add(long contract) {
    if (due.add(contract)) {
      timers.scheduleIfAbsent(this, LATER, () -> lanes.add(this, this::removeAll));
    }
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
