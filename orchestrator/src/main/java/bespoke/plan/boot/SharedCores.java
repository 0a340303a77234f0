package bespoke.plan.boot;

import bespoke.graph.analysis.Edge;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.graph.analysis.Orders;
import bespoke.model.InstanceFmri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// A boot in which starts share a few cores.
///
/// The model is simple: a start is work from its beginning to its end, begins when all that it
/// requires is online, and all that are under way share the cores evenly, each using one core at
/// most. How much of a start is waiting (for a disk, a lock, a peer) is not known, so this is the
/// longest that such a boot can take, as the critical path is the shortest.
public final class SharedCores {
  private final int cores;
  private final Map<InstanceFmri, Duration> work;
  private final Map<InstanceFmri, Set<InstanceFmri>> dependents = new HashMap<>();
  private final Map<InstanceFmri, Integer> unmet = new HashMap<>();
  private final List<InstanceFmri> order;
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(
          Comparator.comparingDouble(Running::until).thenComparingInt(Running::rank));
  private final Map<InstanceFmri, Start> starts = new LinkedHashMap<>();
  private double nowNanos;

  /// The work that one start has had that ran all the time, in nanoseconds.
  private double served;

  /// One start.
  ///
  /// @param begin since the beginning of the boot
  /// @param duration with the others in the way
  public record Start(Duration begin, Duration duration) {}

  private record Running(InstanceFmri fmri, double began, double until, int rank) {}

  private SharedCores(InstanceGraph graph, Map<InstanceFmri, Duration> work, int cores) {
    this.cores = cores;
    this.work = work;
    this.order = Orders.of(graph).startOrder().stream().filter(work::containsKey).toList();
    Set<InstanceFmri> all = new LinkedHashSet<>(order);
    for (InstanceFmri fmri : order) {
      Set<InstanceFmri> needs = new LinkedHashSet<>();
      for (Edge edge : graph.requirements().outgoingEdgesOf(fmri)) {
        needs.add(edge.to());
      }
      needs.retainAll(all);
      needs.forEach(it -> dependents.computeIfAbsent(it, _ -> new LinkedHashSet<>()).add(fmri));
      unmet.put(fmri, needs.size());
    }
  }

  /// Predicts the start of each instance that has a duration; others count as absent, as do members
  /// of cycles. Costs the graph and a sort of the starts.
  ///
  /// @param work what each start takes when it is alone
  /// @param cores at least 1
  /// @return in the order of coming online
  public static Map<InstanceFmri, Start> starts(
      InstanceGraph graph, Map<InstanceFmri, Duration> work, int cores) {
    if (cores < 1) {
      throw new IllegalArgumentException("no boot on " + cores + " cores");
    }
    return new SharedCores(graph, work, cores).run();
  }

  private Map<InstanceFmri, Start> run() {
    List<InstanceFmri> ready = new ArrayList<>();
    order.stream().filter(fmri -> unmet.getOrDefault(fmri, 0) == 0).forEach(ready::add);
    ready.forEach(this::begin);
    for (Running first = running.poll(); first != null; first = running.poll()) {
      int sharing = running.size() + 1;
      nowNanos += (first.until - served) * Math.max(1, sharing / (double) cores);
      served = first.until;
      starts.put(
          first.fmri,
          new Start(
              Duration.ofNanos(Math.round(first.began)),
              Duration.ofNanos(Math.round(nowNanos) - Math.round(first.began))));
      for (InstanceFmri dependent : dependents.getOrDefault(first.fmri, Set.of())) {
        if (unmet.merge(dependent, -1, Integer::sum) == 0) {
          begin(dependent);
        }
      }
    }
    return starts;
  }

  private void begin(InstanceFmri fmri) {
    double nanos = work.getOrDefault(fmri, Duration.ZERO).toNanos();
    running.add(new Running(fmri, nowNanos, served + nanos, starts.size() + running.size()));
  }
}
