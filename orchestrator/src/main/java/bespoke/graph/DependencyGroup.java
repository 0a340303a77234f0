package bespoke.graph;

import bespoke.model.Dependency;
import bespoke.model.Grouping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One dependency group of one instance, with the tally of its members.
public final class DependencyGroup {
  private final InstanceVertex dependent;
  private final Dependency dependency;
  private final boolean restarter;
  private final List<DependencyEdge> members = new ArrayList<>(1);
  private final Tally tally = new Tally();
  private Satisfied published = Satisfied.YES;

  DependencyGroup(InstanceVertex dependent, Dependency dependency, boolean restarter) {
    this.dependent = dependent;
    this.dependency = dependency;
    this.restarter = restarter;
  }

  /// Who has it.
  public InstanceVertex dependent() {
    return dependent;
  }

  /// What it says.
  public Dependency dependency() {
    return dependency;
  }

  /// Whether it is the implied edge from an instance to its delegated restarter.
  public boolean isRestarter() {
    return restarter;
  }

  /// Whether it excludes rather than requires.
  public boolean isExclusion() {
    return dependency.grouping() == Grouping.EXCLUDE_ALL;
  }

  /// Its edges, in the order of the source.
  public List<DependencyEdge> members() {
    return Collections.unmodifiableList(members);
  }

  /// Whether it is satisfied, as last published to its instance.
  public Satisfied satisfied() {
    return published;
  }

  void add(DependencyEdge edge) {
    members.add(edge);
    tally.add(edge.target().seen(edge.view()), 1);
  }

  /// The same group of another vertex, without members.
  DependencyGroup emptyFor(InstanceVertex other) {
    return new DependencyGroup(other, dependency, restarter);
  }

  /// Takes a member without counting it; [#tallyAs] does.
  void adopt(DependencyEdge edge) {
    members.add(edge);
  }

  void tallyAs(DependencyGroup other) {
    tally.set(other.tally);
    published = other.published;
  }

  void memberChanged(Satisfied from, Satisfied to) {
    tally.add(from, -1);
    tally.add(to, 1);
  }

  void publish(Satisfied value) {
    published = value;
  }

  Satisfied current() {
    return switch (dependency.grouping()) {
      case REQUIRE_ANY -> tally.any(Satisfied.YES);
      case REQUIRE_ALL, OPTIONAL_ALL, EXCLUDE_ALL -> tally.all();
    };
  }
}
