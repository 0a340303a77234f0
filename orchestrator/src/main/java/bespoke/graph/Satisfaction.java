package bespoke.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Propagates changes of satisfaction through the graph with a worklist (smf.md 3.2, 3.3).
///
/// Every vertex publishes how it is seen in each [View]; groups and services keep tallies of what
/// their members published. One change costs the edges it touches. All rules but exclusion are
/// recursive and the graph of their edges is free of cycles (members of a cycle are in maintenance,
/// whose value is constant), so the work ends.
public final class Satisfaction {
  private final DependencyGraph graph;
  private final Deque<Vertex> work = new ArrayDeque<>();
  private Set<InstanceVertex> changed = new LinkedHashSet<>();

  Satisfaction(DependencyGraph graph) {
    this.graph = graph;
  }

  /// An instance's condition is now this.
  public void update(InstanceVertex instance, Condition condition) {
    if (instance.condition() != condition) {
      instance.become(condition);
      work.add(instance);
      run();
    }
  }

  /// A file was looked at.
  public void update(FileVertex file, boolean exists) {
    file.observe(exists);
    work.add(file);
    run();
  }

  /// The instances whose own dependencies changed value since the last call, in the order in which
  /// they did.
  public List<InstanceVertex> takeChanged() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<InstanceVertex> taken = new ArrayList<>(changed);
    changed = new LinkedHashSet<>(); // clearing would cost the largest it ever was
    return taken;
  }

  /// The instance's groups were replaced.
  void groupsReplaced(InstanceVertex instance) {
    changed.add(instance);
    work.add(instance);
    run();
  }

  /// Members of the group changed outside of propagation.
  void groupChanged(DependencyGroup group) {
    publish(group);
    run();
  }

  /// The service gained or lost an instance.
  void serviceChanged(ServiceVertex service) {
    work.add(service);
    run();
  }

  private void run() {
    for (Vertex vertex = work.poll(); vertex != null; vertex = work.poll()) {
      publish(vertex);
    }
  }

  private void publish(Vertex vertex) {
    for (View view : View.VALUES) {
      Satisfied before = vertex.seen(view);
      Satisfied now = vertex.current(view);
      if (before != now) {
        vertex.publish(view, now);
        tellDependents(vertex, view, before, now);
      }
    }
  }

  private void tellDependents(Vertex vertex, View view, Satisfied before, Satisfied now) {
    for (DependencyEdge edge : graph.incoming(vertex)) {
      DependencyGroup group = edge.group();
      if (group != null && edge.view() == view) {
        group.memberChanged(before, now);
        publish(group);
      }
    }
    ServiceVertex service = graph.serviceOf(vertex);
    if (service != null) {
      service.memberChanged(view, before, now);
      work.add(service);
    }
  }

  private void publish(DependencyGroup group) {
    Satisfied before = group.satisfied();
    Satisfied now = group.current();
    if (before == now) {
      return;
    }
    group.publish(now);
    InstanceVertex dependent = group.dependent();
    Satisfied totalBefore = dependent.dependencies();
    dependent.tally().add(before, -1);
    dependent.tally().add(now, 1);
    if (dependent.dependencies() != totalBefore) {
      changed.add(dependent);
      if (dependent.condition().isRecursive()) {
        work.add(dependent);
      }
    }
  }
}
