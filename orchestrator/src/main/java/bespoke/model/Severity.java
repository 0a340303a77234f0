package bespoke.model;

/// How grave a transition of a dependency is for its dependents (smf(7), `restart_on`), from least
/// to most inclusive.
///
/// A dependent with a given [RestartOn] is stopped when the severity is not `NONE` and not greater
/// than it.
public enum Severity {
  NONE,
  FAULT,
  RESTART,
  REFRESH;

  /// Whether a dependency group with this `restart_on` is affected.
  public boolean affects(RestartOn restartOn) {
    return switch (this) {
      case NONE -> false;
      case FAULT -> restartOn != RestartOn.NONE;
      case RESTART -> restartOn == RestartOn.RESTART || restartOn == RestartOn.REFRESH;
      case REFRESH -> restartOn == RestartOn.REFRESH;
    };
  }
}
