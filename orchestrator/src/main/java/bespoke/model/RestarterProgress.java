package bespoke.model;

import java.util.List;

/// What a restarter was in the middle of with an instance: enough for the next daemon to go on
/// where this one stood, with the time that was left. Names are those of the restarter's own
/// constants; a name that a later version does not know counts as absent.
///
/// Times are nanoseconds of the monotonic clock of this boot (clock_gettime(2), CLOCK_MONOTONIC),
/// so they mean the same to the next daemon.
///
/// @param phase what is under way, or empty
/// @param serviceRun the run that is the service itself (`duration: child`), or 0
/// @param afterwards what follows the present stop or clean-up, or empty
/// @param afterwardsAuxiliary the reason that follows it
/// @param afterwardsDetail a sentence about that, or empty
/// @param afterwardsSeverity how grave the end of that stop is
/// @param degradation why it is degraded, or empty
/// @param isTimedOut whether the running method was killed because its time was up
/// @param isThrottled whether the next rest is to be a long one
/// @param isRefreshWanted whether a refresh waits for the present start
/// @param probeFailures of the monitor method, in a row
/// @param stopDeadlineNanos when the stop must be done, or [#NO_DEADLINE]
/// @param timers those that are set
/// @param startNanos of the last starts of a `child` service, oldest first
public record RestarterProgress(
    String phase,
    long serviceRun,
    String afterwards,
    AuxiliaryState afterwardsAuxiliary,
    String afterwardsDetail,
    Severity afterwardsSeverity,
    String degradation,
    boolean isTimedOut,
    boolean isThrottled,
    boolean isRefreshWanted,
    int probeFailures,
    long stopDeadlineNanos,
    List<Timer> timers,
    List<Long> startNanos) {
  /// There is no deadline.
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /// Nothing is under way.
  public static final RestarterProgress NONE =
      new RestarterProgress(
          "",
          0,
          "",
          AuxiliaryState.NONE,
          "",
          Severity.NONE,
          "",
          false,
          false,
          false,
          0,
          NO_DEADLINE,
          List.of(),
          List.of());

  public RestarterProgress {
    timers = List.copyOf(timers);
    startNanos = List.copyOf(startNanos);
  }

  /// Whether it says the same as [#NONE]: asked at every change of every instance, where the equals
  /// that the JVM links for a record at run time costs more than this.
  public boolean isNone() {
    return phase.isEmpty()
        && serviceRun == 0
        && afterwards.isEmpty()
        && afterwardsAuxiliary == AuxiliaryState.NONE
        && afterwardsDetail.isEmpty()
        && afterwardsSeverity == Severity.NONE
        && degradation.isEmpty()
        && !isTimedOut
        && !isThrottled
        && !isRefreshWanted
        && probeFailures == 0
        && stopDeadlineNanos == NO_DEADLINE
        && timers.isEmpty()
        && startNanos.isEmpty();
  }

  /// A timer that was set.
  ///
  /// @param kind what it is for
  public record Timer(String kind, long dueNanos) {}
}
