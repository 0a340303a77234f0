package bespoke.graph;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.graph.analysis.Cycles;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.Dependency;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CycleProbeTest {

  @Test
  void aProbeFindsExactlyTheMembersOfCycles() {
    int cyclic = 0;
    for (int seed = 0; seed < 300; seed++) {
      List<InstanceDefinition> definitions = withCycles(12, seed);
      Set<InstanceFmri> members = new HashSet<>();
      Cycles.of(InstanceGraph.of(definitions)).forEach(it -> members.addAll(it.instances()));
      DependencyGraph graph = new DependencyGraph();
      definitions.forEach(graph::define);
      for (InstanceDefinition definition : definitions) {
        InstanceVertex vertex = Objects.requireNonNull(graph.instance(definition.fmri()));
        assertThat(new CycleProbe(graph, vertex).finds())
            .as("seed %d, %s", seed, definition.fmri())
            .isEqualTo(members.contains(definition.fmri()));
      }
      cyclic += members.isEmpty() ? 0 : 1;
    }
    assertThat(cyclic).isBetween(30, 270);
  }

  /// A random graph with one or two edges that may lead back, some of them to a whole service.
  private static List<InstanceDefinition> withCycles(int size, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<InstanceDefinition> all = new ArrayList<>(SampleGraphs.random(size, seed));
    for (int i = 0; i <= random.nextInt(2); i++) {
      int from = random.nextInt(size);
      InstanceFmri to = SampleGraphs.fmri(random.nextInt(size));
      List<Dependency> groups = new ArrayList<>(all.get(from).dependencies());
      groups.add(
          new Dependency(
              "back" + i,
              Grouping.REQUIRE_ALL,
              RestartOn.NONE,
              List.of(random.nextBoolean() ? to : to.serviceFmri()),
              Origin.UNKNOWN));
      all.set(from, Definitions.define(SampleGraphs.fmri(from), groups));
    }
    return all;
  }
}
