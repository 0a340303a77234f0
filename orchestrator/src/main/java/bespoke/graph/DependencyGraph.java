package bespoke.graph;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.RestartOn;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jgrapht.Graph;
import org.jgrapht.graph.AsUnmodifiableGraph;
import org.jgrapht.graph.DirectedPseudograph;
import org.jspecify.annotations.Nullable;

/// The graph of instances, services and files (smf.md 4.1), held by JGraphT.
///
/// Edges go from who depends to what is depended on; a service has an edge to each of its
/// instances. It is a plain directed graph that admits cycles, because cycles must be named; who
/// imports refuses them ([CycleMembers]).
///
/// Owned by one thread.
public final class DependencyGraph {
  private final Graph<Vertex, DependencyEdge> graph = new DirectedPseudograph<>(null, null, false);
  private final Map<Entity, Vertex> vertices = new LinkedHashMap<>();
  private final Satisfaction satisfaction = new Satisfaction(this);
  private final Set<FileVertex> files = new LinkedHashSet<>();
  private long filesVersion;
  private int nextOrder;

  /// A graph that holds the same and goes on exactly as this one would; costs what it holds. To be
  /// asked for between two events.
  public DependencyGraph copy() {
    DependencyGraph copy = new DependencyGraph();
    GraphCopy.copy(this, copy);
    copy.filesVersion = filesVersion;
    copy.nextOrder = nextOrder;
    return copy;
  }

  void adopt(Vertex vertex) {
    vertices.put(vertex.entity(), vertex);
    graph.addVertex(vertex);
    if (vertex instanceof FileVertex file) {
      files.add(file);
    }
  }

  void adopt(Vertex source, DependencyEdge edge) {
    graph.addEdge(source, edge.target(), edge);
  }

  void forEachEdge(BiConsumer<Vertex, DependencyEdge> consumer) {
    for (DependencyEdge edge : graph.edgeSet()) {
      consumer.accept(graph.getEdgeSource(edge), edge);
    }
  }

  /// The JGraphT view of it, for algorithms and exports; it cannot be changed through it.
  public Graph<Vertex, DependencyEdge> asGraph() {
    return new AsUnmodifiableGraph<>(graph);
  }

  /// How changes of satisfaction are told and learned.
  public Satisfaction satisfaction() {
    return satisfaction;
  }

  /// Every vertex in order of appearance.
  public Collection<Vertex> vertices() {
    return vertices.values();
  }

  /// The vertex of an entity, if anything mentions it.
  public Optional<Vertex> vertex(Entity entity) {
    return Optional.ofNullable(vertices.get(entity));
  }

  /// The vertex of an instance, if it is defined or mentioned.
  public @Nullable InstanceVertex instance(InstanceFmri instance) {
    return (InstanceVertex) vertices.get(instance);
  }

  /// The vertex of a file, if something depends on it.
  public @Nullable FileVertex file(FileFmri file) {
    return (FileVertex) vertices.get(file);
  }

  /// The edges that point at a vertex.
  public Set<DependencyEdge> incoming(Vertex vertex) {
    return graph.incomingEdgesOf(vertex);
  }

  /// The edges that leave a vertex.
  public Set<DependencyEdge> outgoing(Vertex vertex) {
    return graph.outgoingEdgesOf(vertex);
  }

  /// The groups that name the instance or its service, each once, in order of appearance.
  public List<DependencyGroup> dependents(InstanceVertex instance) {
    Set<DependencyEdge> direct = graph.incomingEdgesOf(instance);
    ServiceVertex service = serviceOf(instance);
    Set<DependencyEdge> byService = service == null ? Set.of() : graph.incomingEdgesOf(service);
    Set<DependencyGroup> groups = LinkedHashSet.newLinkedHashSet(direct.size() + byService.size());
    addGroups(direct, groups);
    addGroups(byService, groups);
    return List.copyOf(groups);
  }

  private static void addGroups(Set<DependencyEdge> edges, Set<DependencyGroup> groups) {
    for (DependencyEdge edge : edges) {
      DependencyGroup group = edge.group();
      if (group != null) {
        groups.add(group);
      }
    }
  }

  /// The instances that a group's members stand for, in order, each once.
  public static List<InstanceVertex> instancesOf(DependencyGroup group) {
    Set<InstanceVertex> instances = new LinkedHashSet<>();
    for (DependencyEdge edge : group.members()) {
      switch (edge.target()) {
        case InstanceVertex instance -> instances.add(instance);
        case ServiceVertex service -> instances.addAll(service.instances());
        case FileVertex _ -> {}
      }
    }
    return List.copyOf(instances);
  }

  /// The service of a defined instance; null for other vertices.
  @Nullable ServiceVertex serviceOf(Vertex vertex) {
    if (vertex instanceof InstanceVertex instance && instance.definition().isPresent()) {
      return (ServiceVertex) vertices.get(instance.service());
    }
    return null;
  }

  /// Adds an instance or replaces its definition and dependencies.
  public InstanceVertex define(InstanceDefinition definition) {
    InstanceVertex instance = (InstanceVertex) vertexOf(definition.fmri());
    boolean isNew = instance.definition().isEmpty();
    List<Vertex> formerTargets = removeGroups(instance);
    List<DependencyGroup> groups = new ArrayList<>();
    for (Dependency dependency : definition.dependencies()) {
      groups.add(new DependencyGroup(instance, dependency, false));
    }
    definition.restarter().ifPresent(it -> groups.add(restarterGroup(instance, it)));
    instance.define(definition, List.copyOf(groups));
    if (isNew) {
      ServiceVertex service = (ServiceVertex) vertexOf(instance.service());
      graph.addEdge(service, instance, new DependencyEdge(null, instance, View.REQUIRE));
      service.add(instance);
      satisfaction.serviceChanged(service);
    }
    groups.forEach(this::connect);
    formerTargets.forEach(this::dropIfUnused);
    settleExclusions(instance);
    satisfaction.groupsReplaced(instance);
    return instance;
  }

  /// Removes an instance; it stays as a vertex while others mention it.
  public void remove(InstanceVertex instance) {
    satisfaction.update(instance, Condition.ABSENT);
    List<Vertex> formerTargets = removeGroups(instance);
    ServiceVertex service = serviceOf(instance);
    instance.define(null, List.of());
    if (service != null) {
      graph.removeAllEdges(service, instance);
      service.remove(instance);
      satisfaction.serviceChanged(service);
      dropIfUnused(service);
    }
    formerTargets.forEach(this::dropIfUnused);
    dropIfUnused(instance);
  }

  /// The files that something depends on.
  public List<FileVertex> files() {
    return List.copyOf(files);
  }

  /// Another number whenever [#files] has changed.
  public long filesVersion() {
    return filesVersion;
  }

  private static DependencyGroup restarterGroup(InstanceVertex instance, InstanceFmri restarter) {
    return new DependencyGroup(
        instance,
        new Dependency(
            "restarter",
            Grouping.REQUIRE_ALL,
            RestartOn.RESTART,
            List.of(restarter),
            instance.definition().map(InstanceDefinition::origin).orElse(Origin.UNKNOWN)),
        true);
  }

  private void connect(DependencyGroup group) {
    View view =
        switch (group.dependency().grouping()) {
          case REQUIRE_ALL, REQUIRE_ANY -> View.REQUIRE;
          case OPTIONAL_ALL -> View.OPTIONAL;
          case EXCLUDE_ALL -> View.EXCLUDE;
        };
    for (Entity entity : new LinkedHashSet<>(group.dependency().entities())) {
      Vertex target = vertexOf(entity);
      DependencyEdge edge = new DependencyEdge(group, target, view);
      graph.addEdge(group.dependent(), target, edge);
      group.add(edge);
    }
    group.publish(group.current());
    group.dependent().tally().add(group.satisfied(), 1);
  }

  private List<Vertex> removeGroups(InstanceVertex instance) {
    List<Vertex> targets = new ArrayList<>();
    for (DependencyGroup group : instance.groups()) {
      instance.tally().add(group.satisfied(), -1);
      for (DependencyEdge edge : group.members()) {
        graph.removeEdge(edge);
        targets.add(edge.target());
      }
    }
    instance.define(instance.definition().orElse(null), List.of());
    return targets;
  }

  private Vertex vertexOf(Entity entity) {
    Vertex known = vertices.get(entity);
    if (known != null) {
      return known;
    }
    Vertex vertex =
        switch (entity) {
          case InstanceFmri instance -> new InstanceVertex(instance, nextOrder++);
          case ServiceFmri service -> new ServiceVertex(service, nextOrder++);
          case FileFmri file -> new FileVertex(file, nextOrder++);
        };
    vertices.put(entity, vertex);
    graph.addVertex(vertex);
    if (vertex instanceof FileVertex file) {
      files.add(file);
      filesVersion++;
    }
    publishInitial(vertex);
    return vertex;
  }

  private static void publishInitial(Vertex vertex) {
    for (View view : View.VALUES) {
      vertex.publish(view, vertex.current(view));
    }
  }

  private void dropIfUnused(Vertex vertex) {
    boolean isDefined =
        switch (vertex) {
          case InstanceVertex instance -> instance.definition().isPresent();
          case ServiceVertex service -> !service.instances().isEmpty();
          case FileVertex _ -> false;
        };
    if (!isDefined && graph.containsVertex(vertex) && graph.inDegreeOf(vertex) == 0) {
      vertices.remove(vertex.entity());
      graph.removeVertex(vertex);
      if (vertex instanceof FileVertex file) {
        files.remove(file);
        filesVersion++;
      }
    }
  }

  /// In a mutual exclusion the instance that appeared first goes first: it does not wait for one
  /// that only waits.
  private void settleExclusions(InstanceVertex instance) {
    instance.groups().forEach(this::settleExclusion);
    for (DependencyGroup group : dependents(instance)) {
      settleExclusion(group);
    }
  }

  private void settleExclusion(DependencyGroup group) {
    if (!group.isExclusion()) {
      return;
    }
    for (DependencyEdge edge : group.members()) {
      View view = goesFirst(group.dependent(), edge.target()) ? View.EXCLUDE_FIRST : View.EXCLUDE;
      if (edge.view() != view) {
        group.memberChanged(edge.target().seen(edge.view()), edge.target().seen(view));
        edge.view(view);
      }
    }
    satisfaction.groupChanged(group);
  }

  private static boolean goesFirst(InstanceVertex dependent, Vertex target) {
    return switch (target) {
      case InstanceVertex other -> dependent.order() < other.order() && excludes(other, dependent);
      case ServiceVertex service ->
          !service.instances().isEmpty()
              && service.instances().stream()
                  .allMatch(it -> dependent.order() < it.order() && excludes(it, dependent));
      case FileVertex _ -> false;
    };
  }

  private static boolean excludes(InstanceVertex one, InstanceVertex other) {
    for (DependencyGroup group : one.groups()) {
      if (group.isExclusion() && instancesOf(group).contains(other)) {
        return true;
      }
    }
    return false;
  }
}
