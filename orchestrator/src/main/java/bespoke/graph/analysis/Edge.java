package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;

/// One instance depends on another.
///
/// @param from who depends
/// @param to what it depends on
/// @param dependency the group that says so; for a delegated restarter an implied one
/// @param named what the group names: `to`, or its service
public record Edge(InstanceFmri from, InstanceFmri to, Dependency dependency, Entity named) {

  /// The name of the implied group of an instance with a delegated restarter.
  static final String RESTARTER = "restarter";

  /// Whether it forbids rather than requires.
  public boolean isExclusion() {
    return dependency.grouping() == Grouping.EXCLUDE_ALL;
  }

  /// `svc:/a:default depends on svc:/b:default (dependency "x", require_all, at FILE:LINE:COLUMN)`.
  public String describe() {
    String verb = isExclusion() ? " excludes " : " depends on ";
    Origin origin = dependency.origin();
    String at = origin.equals(Origin.UNKNOWN) ? "" : ", at " + origin;
    return from
        + verb
        + named
        + " (dependency \""
        + dependency.name()
        + "\", "
        + dependency.grouping()
        + at
        + ")";
  }

  /// The names of groups are unique in an instance, so the members of the group are not compared.
  @Override
  public boolean equals(Object other) {
    return other instanceof Edge edge
        && from.equals(edge.from)
        && to.equals(edge.to)
        && dependency.name().equals(edge.dependency.name());
  }

  @Override
  public int hashCode() {
    return (from.hashCode() * 31 + to.hashCode()) * 31 + dependency.name().hashCode();
  }
}
