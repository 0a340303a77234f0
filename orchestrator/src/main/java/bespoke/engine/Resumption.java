package bespoke.engine;

import bespoke.engine.InstanceRecord.Afterwards;
import bespoke.engine.InstanceRecord.Degradation;
import bespoke.model.RestarterProgress;
import bespoke.model.RestarterProgress.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is written down of an instance's progress, and read again by the next daemon.
///
/// @param progress as the daemon before left it
/// @param nowNanos on the clock of the envelopes
record Resumption(RestarterProgress progress, long nowNanos) {

  /// What the next daemon must know to go on.
  static RestarterProgress progress(InstanceRecord instance) {
    boolean isPlain =
        instance.phase == Phase.IDLE
            && instance.timers.isEmpty()
            && instance.startNanos.isEmpty()
            && instance.serviceRun == InstanceRecord.NONE
            && instance.degradation == Degradation.NONE
            && !instance.refreshWanted;
    if (isPlain) {
      return RestarterProgress.NONE;
    }
    boolean isResting = instance.phase == Phase.IDLE;
    return new RestarterProgress(
        isResting ? "" : instance.phase.name(),
        instance.serviceRun,
        isResting ? "" : instance.afterwards.name(),
        instance.afterwardsAuxiliary,
        instance.afterwardsDetail,
        instance.afterwardsSeverity,
        instance.degradation == Degradation.NONE ? "" : instance.degradation.name(),
        instance.timedOut,
        instance.throttled,
        instance.refreshWanted,
        instance.probeFailures,
        instance.phase.isStopping() ? instance.stopDeadlineNanos : RestarterProgress.NO_DEADLINE,
        timers(instance),
        List.copyOf(instance.startNanos));
  }

  private static List<Timer> timers(InstanceRecord instance) {
    List<Timer> timers = new ArrayList<>(instance.timers.size());
    instance.timers.forEach((kind, timer) -> timers.add(new Timer(kind.name(), timer.dueNanos())));
    return timers;
  }

  /// Copies what holds whatever is done next.
  void restore(InstanceRecord instance) {
    instance.afterwards = named(Afterwards.class, progress.afterwards(), Afterwards.REST);
    instance.afterwardsAuxiliary = progress.afterwardsAuxiliary();
    instance.afterwardsDetail = progress.afterwardsDetail();
    instance.afterwardsSeverity = progress.afterwardsSeverity();
    instance.degradation = named(Degradation.class, progress.degradation(), Degradation.NONE);
    instance.timedOut = progress.isTimedOut();
    instance.throttled = progress.isThrottled();
    instance.refreshWanted = progress.isRefreshWanted();
    instance.probeFailures = progress.probeFailures();
    instance.stopDeadlineNanos = progress.stopDeadlineNanos();
    instance.startNanos.addAll(progress.startNanos());
  }

  /// What was under way; [Phase#IDLE] if nothing was, or if that was not written down.
  Phase phase() {
    return named(Phase.class, progress.phase(), Phase.IDLE);
  }

  /// What is left of a delay that had begun.
  ///
  /// @param whole the delay, which is also the answer when nothing was written down
  Duration left(TimerKind kind, Duration whole) {
    for (Timer timer : progress.timers()) {
      if (timer.kind().equals(kind.name())) {
        long left = Math.max(0, timer.dueNanos() - nowNanos);
        return left < whole.toNanos() ? Duration.ofNanos(left) : whole;
      }
    }
    return whole;
  }

  private static <E extends Enum<E>> E named(Class<E> type, String name, E otherwise) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    return otherwise;
  }
}
