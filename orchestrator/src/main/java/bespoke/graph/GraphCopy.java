package bespoke.graph;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A graph with everything in it once more: the same orders, tallies and published values, so that
/// it goes on exactly as the original would. Costs what the graph holds.
final class GraphCopy {
  private final DependencyGraph from;
  private final DependencyGraph to;
  private final IdentityHashMap<Vertex, Vertex> vertices;
  private final IdentityHashMap<DependencyGroup, DependencyGroup> groups;

  private GraphCopy(DependencyGraph from, DependencyGraph to) {
    this.from = from;
    this.to = to;
    int size = from.vertices().size();
    this.vertices = new IdentityHashMap<>(size);
    this.groups = new IdentityHashMap<>(size * 2);
  }

  /// Fills an empty graph with what another holds.
  static void copy(DependencyGraph from, DependencyGraph to) {
    GraphCopy copy = new GraphCopy(from, to);
    from.vertices().forEach(copy::vertex);
    from.vertices().forEach(copy::content);
    copy.edges();
  }

  private void vertex(Vertex old) {
    Vertex copy =
        switch (old) {
          case InstanceVertex instance -> new InstanceVertex(instance.fmri(), instance.order());
          case ServiceVertex service -> new ServiceVertex(service.service(), service.order());
          case FileVertex file -> new FileVertex(file.file(), file.order());
        };
    copy.seeAs(old);
    vertices.put(old, copy);
    to.adopt(copy);
  }

  private Vertex copyOf(Vertex old) {
    Vertex copy = vertices.get(old);
    if (copy == null) {
      throw new IllegalStateException(old + " is not in its graph");
    }
    return copy;
  }

  private void content(Vertex old) {
    switch (old) {
      case InstanceVertex instance -> {
        InstanceVertex copy = (InstanceVertex) copyOf(instance);
        List<DependencyGroup> own = new ArrayList<>(instance.groups().size());
        for (DependencyGroup group : instance.groups()) {
          DependencyGroup same = group.emptyFor(copy);
          groups.put(group, same);
          own.add(same);
        }
        copy.define(instance.definition().orElse(null), List.copyOf(own));
        copy.become(instance.condition());
        copy.tally().set(instance.tally());
      }
      case ServiceVertex service -> {
        ServiceVertex copy = (ServiceVertex) copyOf(service);
        for (InstanceVertex instance : service.instances()) {
          copy.adopt((InstanceVertex) copyOf(instance));
        }
        copy.tallyAs(service);
      }
      case FileVertex file -> {
        if (file.isObserved()) {
          ((FileVertex) copyOf(file)).observe(file.exists());
        }
      }
    }
  }

  /// Edges in the order of their making, which is the order in which dependents are asked.
  private void edges() {
    IdentityHashMap<DependencyEdge, DependencyEdge> edges = new IdentityHashMap<>();
    from.forEachEdge((source, old) -> {
      DependencyEdge copy = new DependencyEdge(group(old), copyOf(old.target()), old.view());
      edges.put(old, copy);
      to.adopt(copyOf(source), copy);
    });
    groups.forEach((old, copy) -> {
      for (DependencyEdge member : old.members()) {
        DependencyEdge edge = edges.get(member);
        if (edge != null) {
          copy.adopt(edge);
        }
      }
      copy.tallyAs(old);
    });
  }

  private @Nullable DependencyGroup group(DependencyEdge edge) {
    DependencyGroup group = edge.group();
    return group == null ? null : groups.get(group);
  }
}
