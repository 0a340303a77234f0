package bespoke.engine;

import bespoke.graph.DependencyGraph;
import bespoke.graph.DependencyGroup;
import bespoke.graph.InstanceVertex;
import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The instances that the engine knows, in order of appearance, and their neighbours in the graph.
final class Records {
  private final Map<InstanceFmri, InstanceRecord> byFmri = new LinkedHashMap<>();
  private final DependencyGraph graph;

  Records(DependencyGraph graph) {
    this.graph = graph;
  }

  @Nullable InstanceRecord get(InstanceFmri instance) {
    return byFmri.get(instance);
  }

  @Nullable InstanceRecord get(InstanceVertex vertex) {
    return byFmri.get(vertex.fmri());
  }

  /// Copies all of another's, whose graph this one's is a copy of.
  void copyFrom(Records other) {
    for (InstanceRecord instance : other.all()) {
      InstanceVertex vertex = graph.instance(instance.fmri());
      if (vertex == null) {
        throw new IllegalStateException(instance.fmri() + " is not in the graph");
      }
      add(instance.copy(vertex));
    }
    for (InstanceRecord instance : other.all()) {
      if (!instance.keptWaiting.isEmpty()) {
        sameAs(instance).keptWaiting = instance.keptWaiting.stream().map(this::sameAs).toList();
      }
    }
  }

  /// The copy of another's instance, also of one that was forgotten meanwhile.
  InstanceRecord sameAs(InstanceRecord original) {
    InstanceRecord copy = byFmri.get(original.fmri());
    return copy == null || original.forgotten ? original.copy(original.vertex) : copy;
  }

  void add(InstanceRecord instance) {
    byFmri.put(instance.fmri(), instance);
  }

  void remove(InstanceRecord instance) {
    byFmri.remove(instance.fmri());
  }

  Collection<InstanceRecord> all() {
    return byFmri.values();
  }

  /// The instances that the instance depends on, exclusions aside, each once per group.
  List<InstanceRecord> dependenciesOf(InstanceRecord instance) {
    List<InstanceRecord> dependencies = new ArrayList<>();
    for (DependencyGroup group : instance.vertex.groups()) {
      if (!group.isExclusion()) {
        addKnown(DependencyGraph.instancesOf(group), dependencies);
      }
    }
    return dependencies;
  }

  /// The groups that name the instance or its service.
  List<DependencyGroup> dependentGroups(InstanceRecord instance) {
    return graph.dependents(instance.vertex);
  }

  private void addKnown(List<InstanceVertex> vertices, List<InstanceRecord> into) {
    for (InstanceVertex vertex : vertices) {
      InstanceRecord known = get(vertex);
      if (known != null) {
        into.add(known);
      }
    }
  }
}
