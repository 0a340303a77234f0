package bespoke.manifest.systemd;

/// The restarters of timers and sockets, and the names of the properties that they read.
final class Delegated {

  /// Who runs methods at times.
  static final String PERIODIC_RESTARTER = "svc:/system/svc/periodic-restarter:default";

  /// Who listens.
  static final String INETD = "svc:/network/inetd:default";

  /// Runs after a delay, then again and again.
  static final String PERIODIC = "periodic";

  /// Runs when the calendar says so.
  static final String SCHEDULED = "scheduled";

  /// Runs when somebody connects.
  static final String SOCKET = "inetd";

  private Delegated() {}
}
