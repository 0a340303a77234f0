package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jgrapht.Graph;
import org.jspecify.annotations.Nullable;

/// The longest chain of starts, which a boot cannot be faster than.
///
/// @param total how long it takes until all are online, if each starts as soon as it may
/// @param steps the chain, in the order of starting
/// @param slack how much later each instance could be online without the whole taking longer
public record CriticalPath(Duration total, List<Step> steps, Map<InstanceFmri, Duration> slack) {

  public CriticalPath {
    steps = List.copyOf(steps);
    slack = Map.copyOf(slack);
  }

  /// One start in the chain.
  ///
  /// @param start when it begins, since the beginning
  /// @param duration until it is online
  /// @param saving how much shorter the whole would be, had it taken no time
  public record Step(InstanceFmri fmri, Duration start, Duration duration, Duration saving) {}

  /// Computes it for the instances that have a duration; others count as absent, as do members of
  /// cycles. Costs the graph and a sort of its edges.
  public static CriticalPath of(InstanceGraph graph, Map<InstanceFmri, Duration> durations) {
    return new Computation(graph, durations).result();
  }

  /// Longest ways to and from each instance, by position in a start order.
  private static final class Computation {
    private final List<InstanceFmri> order;
    private final Map<InstanceFmri, Integer> position = new HashMap<>();
    private final int[][] needs;
    private final long[] nanos;
    private final long[] head;
    private final long[] tail;
    private long total;

    Computation(InstanceGraph instances, Map<InstanceFmri, Duration> durations) {
      order = Orders.of(instances).startOrder().stream().filter(durations::containsKey).toList();
      for (int i = 0; i < order.size(); i++) {
        position.put(order.get(i), i);
      }
      nanos = new long[order.size()];
      needs = new int[order.size()][];
      for (int i = 0; i < order.size(); i++) {
        nanos[i] = durations.getOrDefault(order.get(i), Duration.ZERO).toNanos();
        needs[i] = needsOf(instances.requirements(), order.get(i));
      }
      head = new long[order.size()];
      tail = new long[order.size()];
      measure();
    }

    private int[] needsOf(Graph<InstanceFmri, Edge> graph, InstanceFmri instance) {
      return graph.outgoingEdgesOf(instance).stream()
          .map(edge -> position.getOrDefault(edge.to(), -1))
          .filter(target -> target >= 0)
          .mapToInt(Integer::intValue)
          .distinct()
          .toArray();
    }

    /// `head` is when an instance is online at the earliest; `tail` is how long the longest chain
    /// takes that begins with its start.
    private void measure() {
      for (int i = 0; i < head.length; i++) {
        for (int need : needs[i]) {
          head[i] = Math.max(head[i], head[need]);
        }
        head[i] += nanos[i];
        total = Math.max(total, head[i]);
      }
      for (int i = tail.length - 1; i >= 0; i--) {
        tail[i] += nanos[i];
        for (int need : needs[i]) {
          tail[need] = Math.max(tail[need], tail[i]);
        }
      }
    }

    CriticalPath result() {
      Deque<Integer> chain = chain();
      Map<Integer, Long> without = longestWithout(chain);
      List<Step> steps = new ArrayList<>();
      for (int i : chain) {
        long saving = Math.min(nanos[i], total - without.getOrDefault(i, 0L));
        steps.add(
            new Step(
                order.get(i),
                Duration.ofNanos(head[i] - nanos[i]),
                Duration.ofNanos(nanos[i]),
                Duration.ofNanos(saving)));
      }
      Map<InstanceFmri, Duration> slack = new HashMap<>();
      for (int i = 0; i < head.length; i++) {
        slack.put(order.get(i), Duration.ofNanos(total - head[i] - tail[i] + nanos[i]));
      }
      return new CriticalPath(Duration.ofNanos(total), steps, slack);
    }

    private Deque<Integer> chain() {
      Deque<Integer> chain = new ArrayDeque<>();
      Integer current = null;
      for (int i = 0; i < head.length && current == null; i++) {
        current = head[i] == total ? (Integer) i : null;
      }
      while (current != null) {
        chain.addFirst(current);
        current = latest(needs[current]);
      }
      return chain;
    }

    private @Nullable Integer latest(int[] candidates) {
      Integer latest = null;
      for (int candidate : candidates) {
        if (latest == null || head[candidate] > head[latest]) {
          latest = candidate;
        }
      }
      return latest;
    }

    /// The longest chain that avoids each of these. Such a chain ends before the instance's
    /// position, begins after it, or has an edge that jumps over it; sweeping over the positions
    /// meets every edge once.
    private Map<Integer, Long> longestWithout(Deque<Integer> chain) {
      long[] beginningAfter = new long[tail.length + 1];
      for (int i = tail.length - 1; i >= 0; i--) {
        beginningAfter[i] = Math.max(beginningAfter[i + 1], tail[i]);
      }
      List<List<Jump>> jumps = jumpsByBegin();
      PriorityQueue<Jump> open = new PriorityQueue<>(Comparator.comparingLong(j -> -j.length()));
      Map<Integer, Long> longest = new HashMap<>();
      long endingBefore = 0;
      int swept = 0;
      for (int i : chain) {
        for (; swept < i; swept++) {
          endingBefore = Math.max(endingBefore, head[swept]);
          open.addAll(jumps.get(swept));
        }
        for (Jump top = open.peek(); top != null && top.end() <= i; top = open.peek()) {
          open.remove();
        }
        Jump over = open.peek();
        long jumping = over == null ? 0 : over.length();
        longest.put(i, Math.max(jumping, Math.max(endingBefore, beginningAfter[i + 1])));
      }
      return longest;
    }

    private List<List<Jump>> jumpsByBegin() {
      List<List<Jump>> jumps = new ArrayList<>(needs.length);
      for (int i = 0; i < needs.length; i++) {
        jumps.add(new ArrayList<>());
      }
      for (int i = 0; i < needs.length; i++) {
        for (int need : needs[i]) {
          jumps.get(need).add(new Jump(i, head[need] + tail[i]));
        }
      }
      return jumps;
    }

    /// An edge, by the position where it ends, with the longest chain through it.
    private record Jump(int end, long length) {}
  }
}
