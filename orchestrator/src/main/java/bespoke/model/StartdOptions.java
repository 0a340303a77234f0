package bespoke.model;

import java.time.Duration;
import java.util.Locale;

/// The `startd` property group: how the restarter treats the instance (svc.startd(8)).
///
/// @param duration which process the instance consists of
/// @param ignoreCore core dumps of members are no event
/// @param ignoreSignal deaths of members by a signal from outside are no event
/// @param criticalFailureCount more failures than this within the period lead to maintenance; at
///   least 1
/// @param criticalFailurePeriod positive
/// @param timeoutRetry whether a method that timed out is tried again
/// @param needSession whether the method leads a session of its own (always so in bespoke; kept as
///   written)
/// @param restart whether it is started again when it ended by itself
/// @param restartDelay between such an end and the next start; zero for none
/// @param retryDelay the first delay between attempts, doubling to at most [#RETRY_DELAY_MAX]
/// @param statuses what the ends of a `child` service mean
/// @param givesUp whether too many failures of a `child` service lead to maintenance, too, which
///   SMF only throttles
public record StartdOptions(
    Style duration,
    boolean ignoreCore,
    boolean ignoreSignal,
    int criticalFailureCount,
    Duration criticalFailurePeriod,
    boolean timeoutRetry,
    boolean needSession,
    Duration retryDelay,
    Restart restart,
    Duration restartDelay,
    ExitStatuses.Meaning statuses,
    boolean givesUp) {

  /// The longest delay between two attempts (DESIGN 3).
  public static final Duration RETRY_DELAY_MAX = Duration.ofSeconds(10);

  /// Attempts of one method in a row before maintenance (smf.md 5.9).
  public static final int ATTEMPTS_MAX = 3;

  /// What holds when nothing is said.
  public static final StartdOptions DEFAULT =
      new StartdOptions(
          Style.CONTRACT,
          false,
          false,
          10,
          Duration.ofSeconds(600),
          true,
          false,
          Duration.ofMillis(200),
          Restart.ALWAYS,
          Duration.ZERO,
          ExitStatuses.Meaning.USUAL,
          false);

  /// `startd/duration`.
  public enum Style {
    /// Every process of the contract; the start method returns.
    CONTRACT,
    /// The start method is the service.
    CHILD,
    /// The start method does its work and nothing is left to watch.
    TRANSIENT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// `startd/restart`: what follows when a service ends by itself.
  public enum Restart {
    /// It is started again, as in SMF.
    ALWAYS,
    /// Only after a failure; a clean exit disables it until the next boot.
    ON_FAILURE,
    /// Never: a clean exit disables it until the next boot, a failure leads to maintenance.
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
