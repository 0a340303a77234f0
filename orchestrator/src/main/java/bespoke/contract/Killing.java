package bespoke.contract;

import bespoke.os.Poller;
import bespoke.os.Signals;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Kills contracts until they are empty: what is born between a look and a signal is met by the
/// next round. Guarded by the lock of [LiveContracts].
final class Killing {
  private static final Duration FIRST_AGAIN = Duration.ofMillis(10);
  private static final Duration LAST_AGAIN = Duration.ofSeconds(1);

  private final Poller poller;
  private final Membership membership;
  private final Consumer<Runnable> locked;
  private final LongFunction<Optional<LiveContract>> settled;

  /// @param locked runs something under the lock
  /// @param settled a contract after its dead were reaped and, if it is empty, that was told
  Killing(
      Poller poller,
      Membership membership,
      Consumer<Runnable> locked,
      LongFunction<Optional<LiveContract>> settled) {
    this.poller = poller;
    this.membership = membership;
    this.locked = locked;
    this.settled = settled;
  }

  /// Begins to kill what is in a contract.
  void begin(LiveContract live) {
    live.isKilling = true;
    now(live);
  }

  /// Kills again after a while, and again, until it is empty.
  void goOn(long contract) {
    again(contract, FIRST_AGAIN);
  }

  /// Kills what is in it now.
  void now(LiveContract live) {
    membership.kill(live.id);
    live.children.forEach(pid -> Signals.send(pid, Signals.KILL));
  }

  private void again(long contract, Duration delay) {
    poller.after(delay, () -> locked.accept(() -> look(contract, delay)));
  }

  private void look(long contract, Duration delay) {
    settled
        .apply(contract)
        .filter(live -> live.isKilling)
        .ifPresent(live -> {
          now(live);
          Duration next = delay.multipliedBy(2);
          again(contract, next.compareTo(LAST_AGAIN) > 0 ? LAST_AGAIN : next);
        });
  }
}
