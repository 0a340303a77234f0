package bespoke.explain;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which instances cannot come up without an administrator (the deep evaluation of dependencies,
/// value -1): such a member of an `optional_all` group blocks nobody, so nobody is to blame it.
///
/// Every dependency is counted down once, so the cost is that of the edges.
final class Hopeless {
  private final Nodes nodes;
  private final BitSet hopeless = new BitSet();
  private final ArrayDeque<Node> found = new ArrayDeque<>();
  private final Map<Node, List<Tally>> talliesOf = new HashMap<>();

  Hopeless(Nodes nodes) {
    this.nodes = nodes;
    for (Node node : nodes.all()) {
      if (isHopelessByItself(node)) {
        mark(node);
      } else if (isWaiting(node)) {
        count(node);
      }
    }
    propagate();
  }

  boolean contains(Node node) {
    return hopeless.get(node.index);
  }

  private static boolean isHopelessByItself(Node node) {
    return node.state() == InstanceState.MAINTENANCE
        || node.state() == InstanceState.DISABLED && !node.isEnabled();
  }

  private static boolean isWaiting(Node node) {
    return node.state() == InstanceState.OFFLINE || node.state() == InstanceState.DISABLED;
  }

  private void count(Node node) {
    for (Dependency dependency : node.status.definition().dependencies()) {
      switch (dependency.grouping()) {
        case REQUIRE_ALL -> countGroup(node, dependency, 1);
        case REQUIRE_ANY -> countGroup(node, dependency, dependency.entities().size());
        case EXCLUDE_ALL -> countExclusion(node, dependency);
        case OPTIONAL_ALL -> {}
      }
    }
    node.status
        .definition()
        .restarter()
        .ifPresent(fmri -> countEntity(new Tally(node, null, 1), fmri));
  }

  private void countGroup(Node node, Dependency dependency, int needed) {
    Tally tally = new Tally(node, null, needed);
    dependency.entities().forEach(entity -> countEntity(tally, entity));
  }

  private void countEntity(Tally tally, Entity entity) {
    switch (entity) {
      case FileFmri file -> {
        if (!nodes.exists(file)) {
          countDown(tally);
        }
      }
      case Fmri fmri -> countFmri(tally, fmri);
    }
  }

  private void countFmri(Tally tally, Fmri fmri) {
    List<Node> members = nodes.named(fmri);
    if (members.isEmpty()) {
      countDown(tally);
      return;
    }
    Tally service = members.size() == 1 ? tally : new Tally(tally.owner, tally, members.size());
    for (Node member : members) {
      if (contains(member)) {
        countDown(service);
      } else {
        talliesOf.computeIfAbsent(member, key -> new ArrayList<>(2)).add(service);
      }
    }
  }

  private void countExclusion(Node node, Dependency dependency) {
    for (Entity entity : dependency.entities()) {
      boolean blocks =
          switch (entity) {
            case FileFmri file -> nodes.exists(file);
            case Fmri fmri ->
                nodes.named(fmri).stream().anyMatch(m -> m.isRunning() && m.isEnabled());
          };
      if (blocks) {
        mark(node);
      }
    }
  }

  private void propagate() {
    while (!found.isEmpty()) {
      talliesOf.getOrDefault(found.remove(), List.of()).forEach(this::countDown);
    }
  }

  private void countDown(Tally tally) {
    Tally current = tally;
    while (true) {
      if (--current.left != 0) {
        return;
      }
      if (current.group == null) {
        mark(current.owner);
        return;
      }
      current = current.group;
    }
  }

  private void mark(Node node) {
    if (!contains(node)) {
      hopeless.set(node.index);
      found.add(node);
    }
  }

  /// How many more hopeless members make a group hopeless for its owner, or a service for a group.
  private static final class Tally {
    private final Node owner;
    private final @Nullable Tally group;
    private int left;

    Tally(Node owner, @Nullable Tally group, int left) {
      this.owner = owner;
      this.group = group;
      this.left = left;
    }
  }
}
