package bespoke.explain;

import bespoke.explain.Node.BadDependency;
import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who waits for whom, and who is a root cause (svcs(1), `-x`).
///
/// Built in one pass over the dependencies of waiting instances, then one walk from the causes to
/// all they block. What is not reached waits in a circle; that is named once, and its members count
/// as causes.
final class Blame {
  private final Nodes nodes;
  private final Hopeless hopeless;
  private final List<List<InstanceFmri>> cycles = new ArrayList<>();

  Blame(Nodes nodes) {
    this.nodes = nodes;
    this.hopeless = new Hopeless(nodes);
    nodes.all().forEach(this::classify);
    breakCycles();
  }

  /// Circles of waiting instances, each a list of its members in the order of waiting.
  List<List<InstanceFmri>> cycles() {
    return cycles;
  }

  private void classify(Node node) {
    switch (node.state()) {
      case ONLINE, DEGRADED, LEGACY_RUN -> node.isCause = true;
      case UNINITIALIZED -> {
        if (node.isEnabled()) {
          waitForRestarter(node);
        }
        node.isCause = node.waitsFor.isEmpty();
      }
      case MAINTENANCE -> markProblem(node);
      case DISABLED -> {
        node.isCause = true;
        node.isProblem = node.isEnabled();
      }
      case OFFLINE -> {
        if (node.next() != null) {
          markProblem(node);
        } else {
          lookAtDependencies(node);
        }
      }
    }
  }

  private static void markProblem(Node node) {
    node.isCause = true;
    node.isProblem = true;
  }

  private void lookAtDependencies(Node node) {
    for (Dependency dependency : node.status.definition().dependencies()) {
      switch (dependency.grouping()) {
        case REQUIRE_ALL -> requireAll(node, dependency);
        case REQUIRE_ANY -> requireAny(node, dependency);
        case OPTIONAL_ALL -> optionalAll(node, dependency);
        case EXCLUDE_ALL -> excludeAll(node, dependency);
      }
    }
    if (isUnexplained(node) && node.bad.isEmpty()) {
      waitForRestarter(node);
    }
    if (isUnexplained(node) || !node.bad.isEmpty()) {
      node.isProblem = true;
    }
    node.isCause = isUnexplained(node);
  }

  private static boolean isUnexplained(Node node) {
    return node.waitsFor.isEmpty() && node.excludedBy.isEmpty();
  }

  private void requireAll(Node node, Dependency dependency) {
    for (Entity entity : dependency.entities()) {
      if (!isUp(entity)) {
        blame(node, dependency, entity);
      }
    }
  }

  private void requireAny(Node node, Dependency dependency) {
    if (dependency.entities().stream().noneMatch(this::isUp)) {
      dependency.entities().forEach(entity -> blame(node, dependency, entity));
    }
  }

  private boolean isUp(Entity entity) {
    return switch (entity) {
      case FileFmri file -> nodes.exists(file);
      case Fmri fmri -> nodes.named(fmri).stream().anyMatch(Node::isRunning);
    };
  }

  private void blame(Node node, Dependency dependency, Entity entity) {
    List<Node> members = entity instanceof Fmri fmri ? nodes.named(fmri) : List.of();
    if (members.isEmpty()) {
      node.bad.add(new BadDependency(entity, dependency));
    }
    members.forEach(member -> waitFor(node, member));
  }

  private void optionalAll(Node node, Dependency dependency) {
    for (Entity entity : dependency.entities()) {
      if (entity instanceof Fmri fmri) {
        nodes.named(fmri).stream()
            .filter(member -> blocksOptionally(member))
            .forEach(member -> waitFor(node, member));
      }
    }
  }

  private boolean blocksOptionally(Node member) {
    return switch (member.state()) {
      case UNINITIALIZED -> true;
      case OFFLINE, DISABLED -> member.isEnabled() && !hopeless.contains(member);
      case ONLINE, DEGRADED, MAINTENANCE, LEGACY_RUN -> false;
    };
  }

  private void excludeAll(Node node, Dependency dependency) {
    for (Entity entity : dependency.entities()) {
      switch (entity) {
        case FileFmri file -> {
          if (nodes.exists(file)) {
            node.bad.add(new BadDependency(file, dependency));
          }
        }
        case Fmri fmri ->
            nodes.named(fmri).stream()
                .filter(Blame::excludes)
                .forEach(member -> {
                  node.excludedBy.add(member);
                  member.blocks.add(node);
                  member.isProblem = true;
                });
      }
    }
  }

  private static boolean excludes(Node member) {
    return switch (member.state()) {
      case ONLINE, DEGRADED, OFFLINE, UNINITIALIZED -> true;
      case DISABLED, MAINTENANCE, LEGACY_RUN -> false;
    };
  }

  private void waitForRestarter(Node node) {
    Optional<InstanceFmri> restarter = node.status.definition().restarter();
    Node target = restarter.map(nodes::find).orElse(null);
    if (target != null && !target.isRunning()) {
      waitFor(node, target);
    }
  }

  private static void waitFor(Node node, Node target) {
    node.waitsFor.add(target);
    target.blocks.add(node);
  }

  private void breakCycles() {
    Set<Node> explained = new HashSet<>();
    ArrayDeque<Node> queue = new ArrayDeque<>();
    for (Node node : nodes.all()) {
      if (node.isCause || !node.excludedBy.isEmpty()) {
        explained.add(node);
        queue.add(node);
      }
    }
    spread(explained, queue);
    for (Node node : nodes.all()) {
      if (!explained.contains(node)) {
        for (Node member : circleFrom(node)) {
          markProblem(member);
          explained.add(member);
          queue.add(member);
        }
        spread(explained, queue);
      }
    }
  }

  private static void spread(Set<Node> explained, ArrayDeque<Node> queue) {
    while (!queue.isEmpty()) {
      for (Node blocked : queue.remove().blocks) {
        if (explained.add(blocked)) {
          queue.add(blocked);
        }
      }
    }
  }

  /// Follows the first hop until an instance repeats: from there it is a circle, since nothing that
  /// is not explained waits for something that is.
  private List<Node> circleFrom(Node start) {
    Set<Node> walked = new LinkedHashSet<>();
    Node current = start;
    while (walked.add(current)) {
      current = current.waitsFor.getFirst();
    }
    List<Node> path = new ArrayList<>(walked);
    List<Node> circle = path.subList(path.indexOf(current), path.size());
    cycles.add(circle.stream().map(Node::fmri).toList());
    return circle;
  }
}
