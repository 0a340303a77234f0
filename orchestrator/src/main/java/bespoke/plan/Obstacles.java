package bespoke.plan;

import bespoke.engine.Engine;
import bespoke.graph.DependencyGraph;
import bespoke.graph.DependencyGroup;
import bespoke.graph.InstanceVertex;
import bespoke.graph.Satisfied;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Names what keeps an instance from running, in a clause.
public final class Obstacles {
  private Obstacles() {}

  /// The unsatisfied groups with the members that make them so; a plain word when there are none.
  public static String of(InstanceVertex vertex, Engine engine) {
    List<String> clauses = new ArrayList<>();
    for (DependencyGroup group : vertex.groups()) {
      if (group.satisfied() != Satisfied.YES) {
        clauses.add(clause(group, engine));
      }
    }
    return clauses.isEmpty() ? "it waits to be started" : String.join("; ", clauses);
  }

  /// Why an instance that waits cannot run before somebody acts; empty if it may yet run by itself,
  /// or runs. Whether a file appears, nobody knows.
  public static String forGood(InstanceFmri instance, Engine engine) {
    InstanceVertex vertex = engine.graph().instance(instance);
    if (vertex == null || !isOffline(instance, engine)) {
      return "";
    }
    Set<InstanceVertex> seen = new HashSet<>(Set.of(vertex));
    Deque<InstanceVertex> left = new ArrayDeque<>(seen);
    boolean isNever = false;
    while (!left.isEmpty()) {
      for (DependencyGroup group : left.remove().groups()) {
        if (group.satisfied() != Satisfied.NEVER) {
          continue;
        }
        isNever = true;
        if (group.dependency().entities().stream().anyMatch(FileFmri.class::isInstance)) {
          return "";
        }
        DependencyGraph.instancesOf(group).stream().filter(seen::add).forEach(left::add);
      }
    }
    return isNever ? of(vertex, engine) : "";
  }

  private static boolean isOffline(InstanceFmri instance, Engine engine) {
    return engine
        .status(instance)
        .map(InstanceStatus::runtime)
        .filter(it -> it.state() == InstanceState.OFFLINE && it.next() == null)
        .isPresent();
  }

  private static String clause(DependencyGroup group, Engine engine) {
    List<String> members = new ArrayList<>();
    for (InstanceVertex member : DependencyGraph.instancesOf(group)) {
      boolean isObstacle = member.condition().isRunning() == group.isExclusion();
      if (isObstacle) {
        members.add(member.fmri() + " is " + state(member.fmri(), engine));
      }
    }
    for (Entity entity : group.dependency().entities()) {
      switch (entity) {
        case FileFmri file -> {
          var known = engine.graph().file(file);
          if (known != null && known.exists() == group.isExclusion()) {
            members.add(file.path() + (group.isExclusion() ? " exists" : " does not exist"));
          }
        }
        case Fmri fmri -> {
          if (engine.graph().vertex(fmri).isEmpty()) {
            members.add(fmri + " does not exist");
          }
        }
      }
    }
    String name = "its " + group.dependency().grouping() + " \"" + group.dependency().name() + "\"";
    return members.isEmpty()
        ? name + " is not satisfied"
        : name + " is not satisfied: " + String.join(", ", members);
  }

  private static String state(InstanceFmri instance, Engine engine) {
    return engine.status(instance).map(Obstacles::state).orElse("not configured");
  }

  private static String state(InstanceStatus status) {
    String state = status.runtime().state().toString();
    return status.enabled().effective() || state.equals("disabled")
        ? state
        : state + " and disabled";
  }
}
