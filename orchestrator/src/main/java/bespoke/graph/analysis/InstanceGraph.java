package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jgrapht.Graph;
import org.jgrapht.graph.AsUnmodifiableGraph;
import org.jgrapht.graph.DirectedPseudograph;

/// The instances and their edges, services expanded to their instances.
///
/// Edges point from who depends to what is depended on. Requirements (including the edge to a
/// delegated restarter) and exclusions are two graphs over the same instances, since only
/// requirements order anything. Files and what is not defined are no vertices.
public final class InstanceGraph {
  private final Map<InstanceFmri, InstanceDefinition> definitions = new LinkedHashMap<>();
  private final Map<ServiceFmri, List<InstanceFmri>> instances = new LinkedHashMap<>();
  private final Graph<InstanceFmri, Edge> requirements =
      new DirectedPseudograph<>(null, null, false);
  private final Graph<InstanceFmri, Edge> exclusions = new DirectedPseudograph<>(null, null, false);

  private InstanceGraph() {}

  /// The graph of these definitions; costs their edges after expansion.
  public static InstanceGraph of(Collection<InstanceDefinition> all) {
    InstanceGraph graph = new InstanceGraph();
    all.forEach(graph::addVertex);
    graph.definitions.values().forEach(graph::addEdges);
    return graph;
  }

  private void addVertex(InstanceDefinition definition) {
    InstanceFmri fmri = definition.fmri();
    if (definitions.put(fmri, definition) == null) {
      instances.computeIfAbsent(fmri.serviceFmri(), key -> new ArrayList<>(1)).add(fmri);
      requirements.addVertex(fmri);
      exclusions.addVertex(fmri);
    }
  }

  private void addEdges(InstanceDefinition definition) {
    groupsOf(definition.fmri())
        .forEach(
            group -> group.entities().forEach(entity -> addEdge(definition.fmri(), group, entity)));
  }

  private void addEdge(InstanceFmri from, Dependency group, Entity entity) {
    Graph<InstanceFmri, Edge> graph =
        group.grouping() == Grouping.EXCLUDE_ALL ? exclusions : requirements;
    for (InstanceFmri to : instancesOf(entity)) {
      graph.addEdge(from, to, new Edge(from, to, group, entity));
    }
  }

  /// The instance's groups in the order of the source, then the implied one on its restarter.
  public List<Dependency> groupsOf(InstanceFmri fmri) {
    InstanceDefinition definition = definition(fmri);
    if (definition.restarter().isEmpty()) {
      return definition.dependencies();
    }
    List<Dependency> groups = new ArrayList<>(definition.dependencies());
    groups.add(
        new Dependency(
            Edge.RESTARTER,
            Grouping.REQUIRE_ALL,
            RestartOn.RESTART,
            List.of(definition.restarter().get()),
            definition.origin()));
    return groups;
  }

  /// The defined instances that a member of a group stands for; none for a file or an unknown name.
  public List<InstanceFmri> instancesOf(Entity entity) {
    return switch (entity) {
      case InstanceFmri instance ->
          definitions.containsKey(instance) ? List.of(instance) : List.of();
      case ServiceFmri service -> instances.getOrDefault(service, List.of());
      case FileFmri file -> List.of();
    };
  }

  /// Whether there is such an instance.
  public boolean contains(InstanceFmri fmri) {
    return definitions.containsKey(fmri);
  }

  /// An instance's definition.
  ///
  /// @throws IllegalArgumentException if there is no such instance
  public InstanceDefinition definition(InstanceFmri fmri) {
    InstanceDefinition definition = definitions.get(fmri);
    if (definition == null) {
      throw new IllegalArgumentException("no instance " + fmri);
    }
    return definition;
  }

  /// All instances, in the order given.
  public Collection<InstanceFmri> instances() {
    return Collections.unmodifiableSet(definitions.keySet());
  }

  /// All services, in the order given.
  public Collection<ServiceFmri> services() {
    return Collections.unmodifiableSet(instances.keySet());
  }

  /// Who requires whom, through every grouping but `exclude_all`.
  public Graph<InstanceFmri, Edge> requirements() {
    return new AsUnmodifiableGraph<>(requirements);
  }

  /// Who excludes whom.
  public Graph<InstanceFmri, Edge> exclusions() {
    return new AsUnmodifiableGraph<>(exclusions);
  }
}
