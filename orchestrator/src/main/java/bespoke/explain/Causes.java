package bespoke.explain;

import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The root causes of one waiting instance, nearest first, each with the shortest way to it.
final class Causes {

  /// One root cause.
  ///
  /// @param path from the waiting instance to the cause, both included
  /// @param excluded whether it is a cause because it may not run beside the hop before it
  record Cause(Node node, List<InstanceFmri> path, boolean excluded) {}

  private final Map<Node, @Nullable Node> hopBefore = new HashMap<>();
  private final Map<Node, Cause> found = new LinkedHashMap<>();

  private Causes() {}

  static List<Cause> of(Node waiting) {
    Causes causes = new Causes();
    causes.search(waiting);
    return List.copyOf(causes.found.values());
  }

  private void search(Node waiting) {
    ArrayDeque<Node> queue = new ArrayDeque<>();
    hopBefore.put(waiting, null);
    queue.add(waiting);
    while (!queue.isEmpty()) {
      Node hop = queue.remove();
      for (Node member : hop.excludedBy) {
        add(hop, member, true);
      }
      for (Node target : hop.waitsFor) {
        if (target.isCause) {
          add(hop, target, false);
        } else if (!hopBefore.containsKey(target)) {
          hopBefore.put(target, hop);
          queue.add(target);
        }
      }
    }
  }

  private void add(Node hop, Node cause, boolean excluded) {
    if (found.containsKey(cause)) {
      return;
    }
    List<InstanceFmri> path = new ArrayList<>();
    path.add(cause.fmri());
    for (Node node = hop; node != null; node = hopBefore.get(node)) {
      path.add(node.fmri());
    }
    found.put(cause, new Cause(cause, path.reversed(), excluded));
  }
}
