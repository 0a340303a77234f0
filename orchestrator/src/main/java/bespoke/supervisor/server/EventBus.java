package bespoke.supervisor.server;

import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.event.EventPool;
import bespoke.supervisor.event.EventPool.Pending;
import bespoke.supervisor.event.Notification;
import bespoke.supervisor.log.ActivityLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes every event and hands it to the pools that want it.
final class EventBus {
  /// A pool and what hands its events to listeners.
  record Subscriber(String name, EventPool pool, Runnable dispatch) {}

  private final Loop loop;
  private final ActivityLog log;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private long nextSerial;

  EventBus(Loop loop, ActivityLog log) {
    this.loop = loop;
    this.log = log;
  }

  void add(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  void remove(EventPool pool) {
    subscribers.removeIf(subscriber -> subscriber.pool() == pool);
  }

  /// Puts an event into every pool that wants it; listeners get it soon.
  void publish(Notification notification) {
    long serial = -1;
    for (Subscriber subscriber : subscribers) {
      if (subscriber.pool().wants(notification.type())) {
        serial = serial < 0 ? nextSerial++ : serial;
        reportDropped(subscriber.name(), subscriber.pool().add(notification, serial));
        loop.execute(subscriber.dispatch());
      }
    }
  }

  /// An event that a listener did not process comes first again.
  void giveBack(String poolName, EventPool pool, Pending event) {
    reportDropped(poolName, pool.giveBack(event));
  }

  private void reportDropped(String poolName, Optional<Pending> dropped) {
    dropped.ifPresent(event ->
        log.write(
            LogLevel.ERROR,
            "pool " + poolName + " event buffer overflowed, discarding event " + event.serial()));
  }
}
