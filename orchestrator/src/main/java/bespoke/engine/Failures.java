package bespoke.engine;

import bespoke.model.StartdOptions;
import java.time.Duration;

/// When to try again, and when to give up (DESIGN 3; smf.md 5.8-5.10). Pure arithmetic over an
/// instance's history.
final class Failures {
  private static final int THROTTLE_STARTS = 5;
  private static final long THROTTLE_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  /// How long a `child` service that exits too quickly waits.
  static final Duration THROTTLE_DELAY = Duration.ofSeconds(1);

  private Failures() {}

  /// The delay before the next attempt: doubling from `startd/retry_delay`, at most
  /// [StartdOptions#RETRY_DELAY_MAX], give or take a tenth. The jitter comes from the event's id,
  /// so that replay finds the same.
  static Duration backOff(InstanceRecord instance, long seed) {
    long first = instance.definition.startd().retryDelay().toMillis();
    int doublings = Math.clamp(instance.failures - 1, 0, 20);
    long delay = Math.min(first << doublings, StartdOptions.RETRY_DELAY_MAX.toMillis());
    long spread = delay / 10;
    long mixed = (seed ^ instance.fmri().hashCode()) * 0x9E3779B97F4A7C15L;
    long jitter = spread == 0 ? 0 : Math.floorMod(mixed >>> 16, 2 * spread + 1) - spread;
    return Duration.ofMillis(Math.max(0, delay + jitter));
  }

  /// A running service failed.
  static void record(InstanceRecord instance, long nowEpochMillis) {
    instance.failureTimes.addLast(nowEpochMillis);
    forgetOld(instance, nowEpochMillis);
    while (instance.failureTimes.size() > instance.definition.startd().criticalFailureCount() + 1) {
      instance.failureTimes.removeFirst();
    }
  }

  /// More than `critical_failure_count` failures lie within `critical_failure_period`.
  static boolean isCritical(InstanceRecord instance, long nowEpochMillis) {
    forgetOld(instance, nowEpochMillis);
    return instance.failureTimes.size() > instance.definition.startd().criticalFailureCount();
  }

  /// Notes the start of a `child` service.
  static void recordStart(InstanceRecord instance, long nowNanos) {
    instance.startNanos.addLast(nowNanos);
    if (instance.startNanos.size() > THROTTLE_STARTS) {
      instance.startNanos.removeFirst();
    }
  }

  /// The last five starts of a `child` service lie less than a second apart on average.
  static boolean isThrottled(InstanceRecord instance) {
    if (instance.startNanos.size() < THROTTLE_STARTS) {
      return false;
    }
    long span = instance.startNanos.getLast() - instance.startNanos.getFirst();
    return span / (THROTTLE_STARTS - 1) < THROTTLE_INTERVAL_NANOS;
  }

  /// How long a service waits that ended by itself: `startd/restart_delay`, and a second at least
  /// when it exits too quickly.
  static Duration restartDelay(InstanceRecord instance) {
    Duration wanted = instance.definition.startd().restartDelay();
    boolean isShort = wanted.compareTo(THROTTLE_DELAY) < 0;
    return wanted.isZero() || isShort && isThrottled(instance) ? THROTTLE_DELAY : wanted;
  }

  /// An administrator, or a dependency that was restarted on purpose, wipes the slate.
  static void forget(InstanceRecord instance) {
    instance.failures = 0;
    instance.failureTimes.clear();
    instance.startNanos.clear();
  }

  private static void forgetOld(InstanceRecord instance, long nowEpochMillis) {
    long period = instance.definition.startd().criticalFailurePeriod().toMillis();
    instance.failureTimes.removeIf(at -> at > nowEpochMillis || nowEpochMillis - at > period);
  }
}
