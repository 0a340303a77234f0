package bespoke.engine;

/// What a timer is for.
public enum TimerKind {
  /// A method has run for its `timeout_seconds`.
  METHOD_TIMEOUT,
  /// The contract did not become empty in the rest of the stop timeout.
  STOP_TIMEOUT,
  /// The next attempt of a failed method is due.
  RETRY,
  /// A service that failed too quickly may start again.
  THROTTLE,
  /// The service did not report that it is ready in time.
  READINESS_TIMEOUT,
  /// The next question of a probe is due.
  PROBE_INTERVAL
}
