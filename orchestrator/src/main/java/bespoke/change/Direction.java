package bespoke.change;

/// Which way a change goes.
public enum Direction {
  /// To the new configuration.
  FORWARD,
  /// Back to the old one.
  BACK
}
