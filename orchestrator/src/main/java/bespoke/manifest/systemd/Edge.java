package bespoke.manifest.systemd;

import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;

/// One instance depends on another.
///
/// @param from who depends
/// @param to on whom
/// @param grouping of the dependency
/// @param restartOn of the dependency
/// @param isOfDependent whether `from` said so, rather than `to`, as with `Before=`
/// @param assignment that says so
record Edge(
    InstanceFmri from,
    InstanceFmri to,
    Grouping grouping,
    RestartOn restartOn,
    boolean isOfDependent,
    Assignment assignment) {

  /// Both of two edges between the same instances, in one.
  Edge and(Edge other) {
    Edge stronger = other.grouping.compareTo(grouping) < 0 ? other : this;
    return new Edge(
        from,
        to,
        stronger.grouping,
        other.restartOn.compareTo(restartOn) > 0 ? other.restartOn : restartOn,
        isOfDependent || other.isOfDependent,
        isOfDependent ? assignment : other.assignment);
  }

  /// Who said so.
  Fmri speaker() {
    return isOfDependent ? from : to;
  }
}
