package bespoke.restarter;

import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import java.time.Duration;
import java.util.Optional;

/// Listens to one service that says how it is (sd_notify(3)).
///
/// However much a service says, it costs the engine one readiness report and one status a second.
final class NotifyListener {

  private static final Duration BETWEEN_STATUSES = Duration.ofSeconds(1);

  private final InstanceFmri instance;
  private final long contract;
  private final EventSink events;
  private final Timers timers;
  private final Watchdog watchdog;
  private boolean isReady;
  private boolean isQuiet;
  private String posted = "";
  private String latest = "";

  /// @param events how its answers are posted, in the instance's order
  /// @param watchdogInterval how often it must ping once it is ready; zero for never
  NotifyListener(
      InstanceFmri instance,
      long contract,
      EventSink events,
      Timers timers,
      Duration watchdogInterval) {
    this.instance = instance;
    this.contract = contract;
    this.events = events;
    this.timers = timers;
    this.watchdog =
        new Watchdog(
            timers,
            watchdogInterval.toNanos(),
            () -> events.post(0, new Event.WatchdogExpired(instance, contract)));
  }

  /// A service of an earlier daemon that was ready already.
  void alreadyReady() {
    synchronized (this) {
      isReady = true;
    }
    watchdog.ping();
  }

  /// A member of the contract said something.
  void said(NotifyMessage message) {
    message.status().ifPresent(this::status);
    message
        .watchdogMicros()
        .ifPresent(micros -> watchdog.interval(Duration.ofNanos(micros * 1000)));
    if (message.isReady() && becomesReady()) {
      events.post(0, new Event.ReadinessReported(instance, contract));
      watchdog.ping();
    }
    if (message.isPing()) {
      watchdog.ping();
    }
    if (message.isTrigger()) {
      watchdog.trigger();
    }
    if (message.isStopping()) {
      watchdog.stop();
    }
  }

  private synchronized boolean becomesReady() {
    boolean first = !isReady;
    isReady = true;
    return first;
  }

  private void status(String text) {
    Optional<String> now;
    synchronized (this) {
      latest = text;
      now = next();
    }
    now.ifPresent(this::post);
  }

  /// The status to post now, if there is a new one and it is time.
  private Optional<String> next() {
    if (isQuiet || latest.equals(posted)) {
      return Optional.empty();
    }
    posted = latest;
    isQuiet = true;
    timers.schedule(this, BETWEEN_STATUSES, this::quietIsOver);
    return Optional.of(posted);
  }

  private void quietIsOver() {
    Optional<String> now;
    synchronized (this) {
      isQuiet = false;
      now = next();
    }
    now.ifPresent(this::post);
  }

  private void post(String text) {
    events.post(0, new Event.StatusReported(instance, contract, text));
  }

  /// Its contract is gone.
  void close() {
    watchdog.stop();
    timers.cancel(this);
  }
}
