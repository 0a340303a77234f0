package bespoke.explain;

/// The kinds of reasons, with the suffix of the message id of svcs(1) (`SMF-8000-05`).
public enum ReasonCode {
  DISABLED("05"),
  TEMPORARILY_DISABLED("1S"),
  RESTARTER_INVALID("2A"),
  RESTARTER_ABSENT("3P"),
  RESTARTER_SILENT("4D"),
  RESTARTER_DOWN("5H"),
  MAINTENANCE_BY_ADMINISTRATOR("63"),
  MAINTENANCE_BY_SERVICE("R4"),
  DEPENDENCY_CYCLE("HP"),
  DEPENDENCY_INVALID("JA"),
  START_METHOD_FAILED("KS"),
  METHOD_FAILED("8Q"),
  RESTARTING_TOO_QUICKLY("L5"),
  NO_EXPLANATION("9C"),
  UNKNOWN("AR"),
  STARTING("C4"),
  TRANSITIONING("PH"),
  DEPENDENCY_ABSENT("E2"),
  EXCLUDED("FJ"),
  DEPENDENCY_NOT_RUNNING("GE"),
  DEGRADED("DX"),
  INVALID_STATE("N3"),
  /// bespoke: the monitor method, the watchdog or readiness; svcs(1) has no message for it.
  NOT_WELL(""),
  /// bespoke: a failed method is tried again after a delay.
  RETRYING(""),
  /// bespoke: `general/enabled` is not set, so the graph does not know the instance.
  NOT_CONFIGURED("");

  private final String suffix;

  ReasonCode(String suffix) {
    this.suffix = suffix;
  }

  /// The message id, for example `SMF-8000-05`, or empty when SMF has none.
  public String messageId() {
    return suffix.isEmpty() ? "" : "SMF-8000-" + suffix;
  }
}
