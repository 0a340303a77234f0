package bespoke.graph;

/// The three values of satisfaction (smf.md 3.2).
public enum Satisfied {
  /// It is satisfied now.
  YES,
  /// Not now, but it could become so by itself.
  NOT_YET,
  /// It cannot become so unless an administrator acts.
  NEVER
}
