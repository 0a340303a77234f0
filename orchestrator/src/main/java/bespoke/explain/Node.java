package bespoke.explain;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One instance in the blame graph; filled by [Blame] and only read afterwards.
final class Node {
  final int index;
  final InstanceStatus status;

  /// Whose causes are this one's causes.
  final List<Node> waitsFor = new ArrayList<>();

  /// Who may not run beside it; each is a cause itself.
  final List<Node> excludedBy = new ArrayList<>();

  /// The other direction of both: the direct impact.
  final List<Node> blocks = new ArrayList<>();

  final List<BadDependency> bad = new ArrayList<>();

  /// Whether it is a root cause: nothing behind it is looked at.
  boolean isCause;

  /// Whether plain svcs(1) `-x` lists it whether or not it blocks something.
  boolean isProblem;

  Node(int index, InstanceStatus status) {
    this.index = index;
    this.status = status;
  }

  InstanceFmri fmri() {
    return status.fmri();
  }

  InstanceState state() {
    return status.runtime().state();
  }

  @Nullable InstanceState next() {
    return status.runtime().next();
  }

  boolean isRunning() {
    return state().isRunning();
  }

  boolean isEnabled() {
    return status.enabled().effective();
  }

  /// An entity that is not there, or is there though it must not be.
  ///
  /// @param dependency the group that names it
  record BadDependency(Entity entity, Dependency dependency) {}
}
