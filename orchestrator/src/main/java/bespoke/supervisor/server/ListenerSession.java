package bespoke.supervisor.server;

import bespoke.supervisor.event.EventPool;
import bespoke.supervisor.event.EventPool.Pending;
import bespoke.supervisor.event.ListenerProtocol;
import bespoke.supervisor.event.ListenerProtocol.Outcome;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One event listener's conversation: what was sent to it and not answered yet.
final class ListenerSession {
  private final String poolName;
  private final EventPool pool;
  private final EventBus bus;
  private final Runnable onReady;
  private final Runnable onBroken;
  private ListenerProtocol protocol = new ListenerProtocol();
  private @Nullable Pending pending;

  /// @param onReady called when it can take an event
  /// @param onBroken called when it broke the protocol
  ListenerSession(
      String poolName, EventPool pool, EventBus bus, Runnable onReady, Runnable onBroken) {
    this.poolName = poolName;
    this.pool = pool;
    this.bus = bus;
    this.onReady = onReady;
    this.onBroken = onBroken;
  }

  /// A new process begins.
  void begin() {
    giveBack();
    protocol = new ListenerProtocol();
  }

  /// The process is gone.
  void end() {
    giveBack();
    protocol = new ListenerProtocol();
  }

  boolean isReady() {
    return protocol.state() == ListenerProtocol.State.READY;
  }

  /// Sends the next event of the pool, if there is one.
  ///
  /// @param send whether the bytes were taken
  void offer(Predicate<byte[]> send) {
    Optional<Pending> next = pool.take();
    if (next.isEmpty()) {
      return;
    }
    if (send.test(pool.envelope(next.get()))) {
      pending = next.get();
      protocol.eventSent();
    } else {
      bus.giveBack(poolName, pool, next.get());
    }
  }

  /// Takes what the listener wrote.
  void heard(byte[] data) {
    for (Outcome outcome : protocol.feed(data)) {
      switch (outcome) {
        case BECAME_READY -> onReady.run();
        case ACCEPTED -> pending = null;
        case REJECTED -> giveBack();
        case BROKE_PROTOCOL -> {
          giveBack();
          onBroken.run();
        }
      }
    }
  }

  private void giveBack() {
    if (pending != null) {
      bus.giveBack(poolName, pool, pending);
      pending = null;
    }
  }
}
