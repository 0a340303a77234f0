package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jgrapht.Graph;

/// What stops, restarts or stays when something happens to one instance (smf(7), `restart_on`).
///
/// Stopping goes by `restart_on` alone, without a look at satisfaction, as the engine does it; a
/// stopped instance stops its own dependents with severity restart. Who comes back afterwards goes
/// by satisfaction without what stays down. Costs the edges of what is hit; the exact course of
/// events, with retries and times, is a plan's business.
public final class Impact {
  private final InstanceGraph instances;
  private final Graph<InstanceFmri, Edge> graph;
  private final Predicate<InstanceFmri> running;

  private Impact(InstanceGraph instances, Predicate<InstanceFmri> running) {
    this.instances = instances;
    this.graph = instances.requirements();
    this.running = running;
  }

  /// The effects on all others, in the order in which they are reached.
  ///
  /// @param running whether an instance is online or degraded now
  /// @throws IllegalArgumentException if the graph has no such instance
  public static List<Effect> of(
      InstanceGraph graph,
      InstanceFmri instance,
      Occurrence occurrence,
      Predicate<InstanceFmri> running) {
    graph.definition(instance);
    return new Impact(graph, running).of(instance, occurrence);
  }

  private List<Effect> of(InstanceFmri instance, Occurrence occurrence) {
    Map<InstanceFmri, Edge> hitBy = stopped(instance, occurrence.severity());
    Set<InstanceFmri> down = new HashSet<>();
    if (occurrence.staysDown()) {
      down.add(instance);
    }
    Map<InstanceFmri, Dependency> unmet = cannotStartAgain(hitBy, down);
    List<Effect> effects = new ArrayList<>();
    hitBy.forEach((fmri, edge) -> effects.add(hit(edge, unmet)));
    addStaying(instance, occurrence.severity(), hitBy, effects);
    addFreed(down, effects);
    return effects;
  }

  /// Everything that is stopped in consequence, with the edge that did it.
  private Map<InstanceFmri, Edge> stopped(InstanceFmri instance, Severity severity) {
    Map<InstanceFmri, Edge> hitBy = new LinkedHashMap<>();
    Deque<InstanceFmri> queue = new ArrayDeque<>(List.of(instance));
    while (!queue.isEmpty()) {
      InstanceFmri stopped = queue.remove();
      Severity felt = stopped.equals(instance) ? severity : Severity.RESTART;
      for (Edge edge : graph.incomingEdgesOf(stopped)) {
        if (felt.affects(edge.dependency().restartOn()) && isNew(edge.from(), instance, hitBy)) {
          hitBy.put(edge.from(), edge);
          queue.add(edge.from());
        }
      }
    }
    return hitBy;
  }

  private boolean isNew(
      InstanceFmri dependent, InstanceFmri instance, Map<InstanceFmri, Edge> hitBy) {
    return running.test(dependent) && !dependent.equals(instance) && !hitBy.containsKey(dependent);
  }

  /// Of what is stopped, what cannot start again, with the group that forbids it; it is added to
  /// what is down.
  private Map<InstanceFmri, Dependency> cannotStartAgain(
      Map<InstanceFmri, Edge> hitBy, Set<InstanceFmri> down) {
    Map<InstanceFmri, Dependency> unmet = new LinkedHashMap<>();
    Deque<InstanceFmri> queue = new ArrayDeque<>();
    for (InstanceFmri hit : hitBy.keySet()) {
      for (Dependency group : instances.groupsOf(hit)) {
        if (isUnmet(group, down, hitBy) && down.add(hit)) {
          unmet.put(hit, group);
          queue.add(hit);
        }
      }
    }
    while (!queue.isEmpty()) {
      for (Edge edge : graph.incomingEdgesOf(queue.remove())) {
        InstanceFmri dependent = edge.from();
        if (hitBy.containsKey(dependent)
            && isUnmet(edge.dependency(), down, hitBy)
            && down.add(dependent)) {
          unmet.put(dependent, edge.dependency());
          queue.add(dependent);
        }
      }
    }
    return unmet;
  }

  private boolean isUnmet(Dependency group, Set<InstanceFmri> down, Map<InstanceFmri, Edge> hitBy) {
    return switch (group.grouping()) {
      case REQUIRE_ALL -> group.entities().stream().anyMatch(it -> isDown(it, down, hitBy));
      case REQUIRE_ANY -> group.entities().stream().allMatch(it -> isDown(it, down, hitBy));
      case OPTIONAL_ALL, EXCLUDE_ALL -> false;
    };
  }

  /// A service is down when all of its instances are; a file counts as it is.
  private boolean isDown(Entity entity, Set<InstanceFmri> down, Map<InstanceFmri, Edge> hitBy) {
    return switch (entity) {
      case FileFmri file -> false;
      case Fmri fmri ->
          instances.instancesOf(fmri).stream()
              .noneMatch(it -> !down.contains(it) && (running.test(it) || hitBy.containsKey(it)));
    };
  }

  private static Effect hit(Edge edge, Map<InstanceFmri, Dependency> unmet) {
    InstanceFmri fmri = edge.from();
    Dependency missing = unmet.get(fmri);
    String why = stopReason(edge);
    if (missing != null) {
      return new Effect(
          fmri, Effect.Kind.STOPS, edge, why + "; it cannot start again without " + named(missing));
    }
    boolean another = edge.dependency().grouping() == Grouping.REQUIRE_ANY;
    return new Effect(
        fmri,
        Effect.Kind.RESTARTS,
        edge,
        another ? why + ", though another member of it may hold" : why);
  }

  private static String stopReason(Edge edge) {
    return "it follows "
        + edge.to()
        + " by "
        + named(edge.dependency())
        + " with restart_on "
        + edge.dependency().restartOn();
  }

  private static String named(Dependency dependency) {
    return "dependency \"" + dependency.name() + "\" (" + dependency.grouping() + ")";
  }

  private void addStaying(
      InstanceFmri instance,
      Severity severity,
      Map<InstanceFmri, Edge> hitBy,
      List<Effect> effects) {
    if (severity == Severity.REFRESH && hitBy.isEmpty()) {
      return;
    }
    Set<InstanceFmri> stopped = new LinkedHashSet<>(List.of(instance));
    stopped.addAll(hitBy.keySet());
    Set<InstanceFmri> seen = new HashSet<>(stopped);
    for (InstanceFmri fmri : stopped) {
      for (Edge edge : graph.incomingEdgesOf(fmri)) {
        if (running.test(edge.from()) && seen.add(edge.from())) {
          String why =
              named(edge.dependency())
                  + " has restart_on "
                  + edge.dependency().restartOn()
                  + ", so it does not follow "
                  + fmri;
          effects.add(new Effect(edge.from(), Effect.Kind.STAYS, edge, why));
        }
      }
    }
  }

  /// Who was excluded by something that is down now.
  private void addFreed(Set<InstanceFmri> down, List<Effect> effects) {
    Set<InstanceFmri> seen = new HashSet<>();
    for (InstanceFmri fmri : down) {
      for (Edge edge : instances.exclusions().incomingEdgesOf(fmri)) {
        if (!running.test(edge.from()) && seen.add(edge.from())) {
          String why = named(edge.dependency()) + " no longer holds it back";
          effects.add(new Effect(edge.from(), Effect.Kind.MAY_START, edge, why));
        }
      }
    }
  }
}
