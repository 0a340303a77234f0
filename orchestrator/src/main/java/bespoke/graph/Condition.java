package bespoke.graph;

/// What the satisfaction of others needs to know of an instance (smf.md 3.2.1), from its state,
/// setting and marks.
public enum Condition {
  /// Not configured: unknown, or without an enabled setting.
  ABSENT,
  UNINITIALIZED,
  /// Disabled and not enabled.
  DISABLED,
  /// Disabled, but enabled already: the transition is on its way.
  LEAVING_DISABLED,
  /// Offline and waiting.
  OFFLINE,
  /// Offline while its start method runs or its readiness is awaited.
  STARTING,
  /// Offline and about to be disabled.
  OFFLINE_TO_DISABLE,
  /// Running and staying so.
  RUNNING,
  /// Running, but its setting is disabled already.
  RUNNING_NOT_ENABLED,
  /// Running, but being taken down because something below it is.
  RUNNING_TO_OFFLINE,
  /// Running, but an administrator is disabling it.
  RUNNING_TO_DISABLE,
  MAINTENANCE;

  /// Whether it runs, however long it will.
  public boolean isRunning() {
    return switch (this) {
      case RUNNING, RUNNING_NOT_ENABLED, RUNNING_TO_OFFLINE, RUNNING_TO_DISABLE -> true;
      case ABSENT,
          UNINITIALIZED,
          DISABLED,
          LEAVING_DISABLED,
          OFFLINE,
          STARTING,
          OFFLINE_TO_DISABLE,
          MAINTENANCE ->
          false;
    };
  }

  /// Whether its value depends on the instance's own dependencies.
  boolean isRecursive() {
    return switch (this) {
      case OFFLINE, STARTING, LEAVING_DISABLED -> true;
      case ABSENT,
          UNINITIALIZED,
          DISABLED,
          OFFLINE_TO_DISABLE,
          RUNNING,
          RUNNING_NOT_ENABLED,
          RUNNING_TO_OFFLINE,
          RUNNING_TO_DISABLE,
          MAINTENANCE ->
          false;
    };
  }
}
