package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;

/// What an occurrence means for one other instance.
///
/// @param fmri whom
/// @param kind what it does
/// @param edge over which it is reached: the last of the way; its `to` is the instance that it
///   happened to, or one with an effect of its own
/// @param why a sentence that names the dependency that decides
public record Effect(InstanceFmri fmri, Kind kind, Edge edge, String why) {

  /// What an instance does.
  public enum Kind {
    /// It is stopped and cannot start again.
    STOPS,
    /// It is stopped and started again.
    RESTARTS,
    /// It depends on something that stops, but keeps running.
    STAYS,
    /// It was excluded and may run now.
    MAY_START
  }
}
