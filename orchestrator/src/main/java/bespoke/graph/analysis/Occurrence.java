package bespoke.graph.analysis;

import bespoke.model.Severity;

/// What may happen to a running instance, as its dependents feel it (smf(7), `restart_on`).
public enum Occurrence {
  /// `svcadm disable`; dependents that follow are stopped first.
  DISABLED(Severity.RESTART, true),
  /// It fails for good and goes to maintenance.
  FAILED(Severity.FAULT, true),
  /// A process is killed or dumps core; it is started again.
  CRASHED(Severity.FAULT, false),
  /// `svcadm restart`, or its last process exits; it is started again.
  RESTARTED(Severity.RESTART, false),
  /// `svcadm refresh`; it keeps running.
  REFRESHED(Severity.REFRESH, false);

  private final Severity severity;
  private final boolean staysDown;

  Occurrence(Severity severity, boolean staysDown) {
    this.severity = severity;
    this.staysDown = staysDown;
  }

  /// How grave it is for dependents.
  Severity severity() {
    return severity;
  }

  /// Whether it is down afterwards.
  boolean staysDown() {
    return staysDown;
  }
}
