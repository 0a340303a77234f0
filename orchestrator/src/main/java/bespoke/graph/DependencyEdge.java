package bespoke.graph;

import org.jspecify.annotations.Nullable;

/// An edge of the graph: from an instance to a member of one of its groups, or from a service to
/// its instance.
public final class DependencyEdge {
  private final @Nullable DependencyGroup group;
  private final Vertex target;
  private View view;

  DependencyEdge(@Nullable DependencyGroup group, Vertex target, View view) {
    this.group = group;
    this.target = target;
    this.view = view;
  }

  /// The group it belongs to; null on the edge from a service to its instance.
  public @Nullable DependencyGroup group() {
    return group;
  }

  /// What is depended on.
  public Vertex target() {
    return target;
  }

  View view() {
    return view;
  }

  void view(View newView) {
    view = newView;
  }
}
