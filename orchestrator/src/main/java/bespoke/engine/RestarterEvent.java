package bespoke.engine;

import java.util.Locale;

/// What the graph engine tells a restarter about an instance (smf.md 7.2). The master restarter,
/// `InstanceMachine`, and delegated restarters in other processes get the same.
public enum RestarterEvent {
  /// You own this instance.
  ADD_INSTANCE,
  /// Stop and forget it.
  REMOVE_INSTANCE,
  /// Its effective setting is enabled.
  ENABLE,
  /// Its effective setting is disabled; stop it if it runs.
  DISABLE,
  /// As DISABLE, asked by an administrator: also leaves maintenance and clears the failure history.
  ADMIN_DISABLE,
  /// Its dependencies are satisfied; sent only in `offline`.
  START,
  /// Its dependencies require it to stop.
  STOP,
  /// As STOP; also forget its failure history.
  STOP_RESET,
  ADMIN_RESTART,
  ADMIN_REFRESH,
  ADMIN_MAINT_ON,
  ADMIN_MAINT_ON_IMMEDIATE,
  ADMIN_MAINT_OFF,
  ADMIN_DEGRADED,
  ADMIN_DEGRADE_IMMEDIATE,
  ADMIN_RESTORE,
  /// Go to maintenance: it is part of a dependency cycle.
  DEPENDENCY_CYCLE,
  /// Go to maintenance: a dependency or the restarter is not valid.
  INVALID_DEPENDENCY;

  /// The name on the wire: lower case with underscores.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
