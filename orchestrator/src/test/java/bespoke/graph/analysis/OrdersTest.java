package bespoke.graph.analysis;

import static bespoke.graph.Definitions.fmris;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.graph.Definitions;
import bespoke.graph.SampleGraphs;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Orders, reduction and critical path.
final class OrdersTest {

  @Test
  void eachWaveNeedsOnlyTheWavesBeforeIt() {
    Orders orders =
        Orders.of(graph("A require_all B C", "B require_any C", "C", "D optional_all B", "E"));
    assertThat(orders.waves()).containsExactly(fmris("C E"), fmris("B"), fmris("A D"));
    assertThat(orders.stopWaves()).containsExactly(fmris("A D"), fmris("B"), fmris("C E"));
    assertThat(orders.cyclic()).isEmpty();
  }

  @Test
  void cyclesAndWhatDependsOnThemHaveNoOrder() {
    Orders orders = Orders.of(graph("A require_all B", "B require_all A", "C require_all A", "D"));
    assertThat(orders.waves()).containsExactly(fmris("D"));
    assertThat(orders.cyclic()).containsExactlyElementsOf(fmris("A B C"));
  }

  @Test
  void anEdgeThatFollowsFromOthersIsRedundant() {
    InstanceGraph graph = graph("A require_all B C D", "B require_all C", "C require_all D", "D");
    assertThat(Reduction.redundant(graph, edge -> true).stream().map(it -> it.edge().to()))
        .containsExactly(Definitions.fmri("C"), Definitions.fmri("D"));
    assertThat(Reduction.kept(graph)).hasSize(3);
  }

  @Test
  void aReductionReachesTheSameWithTheFewestEdges() {
    for (int seed = 0; seed < 20; seed++) {
      InstanceGraph graph = InstanceGraph.of(SampleGraphs.random(40, seed));
      Map<InstanceFmri, Set<InstanceFmri>> kept = reach(Reduction.kept(graph));
      assertThat(kept)
          .as("seed %d", seed)
          .isEqualTo(reach(List.copyOf(graph.requirements().edgeSet())));
      List<Edge> edges = Reduction.kept(graph);
      for (Edge edge : edges) {
        List<Edge> fewer = edges.stream().filter(other -> !other.equals(edge)).toList();
        assertThat(reach(fewer)).as("seed %d without %s", seed, edge).isNotEqualTo(kept);
      }
    }
  }

  private static Map<InstanceFmri, Set<InstanceFmri>> reach(List<Edge> edges) {
    Map<InstanceFmri, Set<InstanceFmri>> reach = new HashMap<>();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Edge edge : edges) {
        Set<InstanceFmri> from = reach.computeIfAbsent(edge.from(), key -> new TreeSet<>());
        grew |= from.add(edge.to());
        grew |= from.addAll(List.copyOf(reach.getOrDefault(edge.to(), Set.of())));
      }
    }
    return reach;
  }

  @Test
  void theLongestChainIsCriticalAndShortcutsLimitWhatItSaves() {
    CriticalPath path =
        CriticalPath.of(
            graph("A require_all B C", "B require_all D", "C require_all D", "D", "E"),
            durations("A", 1, "B", 5, "C", 3, "D", 2, "E", 1));
    assertThat(path.total()).isEqualTo(Duration.ofMillis(8));
    assertThat(path.steps().stream().map(CriticalPath.Step::fmri))
        .containsExactlyElementsOf(fmris("D B A"));
    assertThat(path.steps().stream().map(step -> step.saving().toMillis()))
        .containsExactly(2L, 2L, 1L);
    assertThat(path.steps().getLast().start()).isEqualTo(Duration.ofMillis(7));
    assertThat(path.slack())
        .containsEntry(Definitions.fmri("B"), Duration.ZERO)
        .containsEntry(Definitions.fmri("C"), Duration.ofMillis(2))
        .containsEntry(Definitions.fmri("E"), Duration.ofMillis(7));
  }

  @Test
  void whatAStepSavesIsWhatLeavingItOutGives() {
    for (int seed = 0; seed < 30; seed++) {
      InstanceGraph graph = InstanceGraph.of(SampleGraphs.random(30, seed));
      SplittableRandom random = new SplittableRandom(seed);
      Map<InstanceFmri, Duration> durations = new HashMap<>();
      for (int i = 0; i < 30; i++) {
        durations.put(SampleGraphs.fmri(i), Duration.ofMillis(random.nextInt(20)));
      }
      CriticalPath path = CriticalPath.of(graph, durations);
      for (CriticalPath.Step step : path.steps()) {
        Map<InstanceFmri, Duration> without = new HashMap<>(durations);
        without.put(step.fmri(), Duration.ZERO);
        assertThat(step.saving())
            .as("seed %d, %s", seed, step.fmri())
            .isEqualTo(path.total().minus(CriticalPath.of(graph, without).total()));
      }
    }
  }

  @Test
  void nothingHasNoCriticalPath() {
    assertThat(CriticalPath.of(graph("A"), Map.of()).steps()).isEmpty();
  }

  @Test
  void longChainsAreOrderedReducedAndMeasured() {
    InstanceGraph chain = InstanceGraph.of(SampleGraphs.chain(100_000, RestartOn.NONE));
    assertThat(Orders.of(chain).waves()).hasSize(100_000);
    Map<InstanceFmri, Duration> durations = new HashMap<>();
    chain.instances().forEach(instance -> durations.put(instance, Duration.ofMillis(1)));
    assertThat(CriticalPath.of(chain, durations).total()).isEqualTo(Duration.ofSeconds(100));
    InstanceGraph layered = InstanceGraph.of(SampleGraphs.layered(10_000, 100, 3, 7));
    assertThat(Reduction.redundant(layered, edge -> true)).isEmpty();
    assertThat(Cycles.of(layered)).isEmpty();
  }

  private static InstanceGraph graph(String... lines) {
    return InstanceGraph.of(Definitions.of(lines));
  }

  private static Map<InstanceFmri, Duration> durations(Object... pairs) {
    Map<InstanceFmri, Duration> durations = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      durations.put(Definitions.fmri((String) pairs[i]), Duration.ofMillis((Integer) pairs[i + 1]));
    }
    return durations;
  }
}
