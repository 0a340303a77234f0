package bespoke.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.House;
import bespoke.explain.Explainer;
import bespoke.explain.Explanation;
import bespoke.explain.boot.Boot;
import bespoke.graph.SampleGraphs;
import bespoke.graph.analysis.Edge;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.Dependency;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodKind;
import bespoke.model.Transition;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Graphs of 60 services with random edges, groupings and durations; the seed is the test's name.
final class RandomGraphTest {
  private static final int SIZE = 60;
  private static final long BEGAN = 1_700_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void aBootTakesNoLongerThanItsCriticalPathAndRunsEachStartMethodOnce(long seed) {
    House house = boot(SampleGraphs.layered(SIZE, 6, 3, seed), seed);
    InstanceGraph graph = graph(house);
    for (int i = 0; i < SIZE; i++) {
      assertThat(house.runs("s" + i, MethodKind.START)).isEqualTo(1);
    }
    Boot boot = Boot.of(BEGAN, house.simulation().transitions());
    assertThat(boot.starts()).hasSize(SIZE);
    assertThat(boot.total()).isEqualTo(boot.criticalPath(graph).total());
    assertInOrder(graph, house.simulation().transitions());
  }

  private static void assertInOrder(InstanceGraph graph, List<Transition> transitions) {
    Set<InstanceFmri> online = new HashSet<>();
    for (Transition transition : transitions) {
      if (transition.next() == InstanceState.ONLINE) {
        for (Edge edge : graph.requirements().outgoingEdgesOf(transition.instance())) {
          assertThat(online).as(edge.describe()).contains(edge.to());
        }
      }
      if (transition.to() == InstanceState.ONLINE) {
        online.add(transition.instance());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatIsNotRunningIsExplainedByWhatReallyHoldsItBack(long seed) {
    House house = boot(SampleGraphs.random(SIZE, seed), seed);
    Explainer explainer = Explained.house(house);
    Map<InstanceFmri, InstanceState> states = new HashMap<>();
    for (InstanceStatus status : house.simulation().engine().statuses()) {
      states.put(status.fmri(), status.runtime().state());
    }
    Set<InstanceFmri> problems = new HashSet<>();
    explainer.problems().forEach(problem -> problems.add(problem.fmri()));
    for (Map.Entry<InstanceFmri, InstanceState> one : states.entrySet()) {
      Explanation explanation = explainer.explain(one.getKey()).orElseThrow();
      if (one.getValue() == InstanceState.ONLINE) {
        assertThat(explanation.reasons()).isEmpty();
      } else {
        assertThat(explanation.reasons()).as("%s", one).isNotEmpty();
        assertThat(explanation.reasons())
            .as("%s", one)
            .allSatisfy(reason -> {
              assertThat(reason.text()).isNotEqualTo("Unknown.");
              assertThat(reason.subject()).isPresent();
              assertThat(problems).contains(reason.subject().get());
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noExcludedPairEverRunsTogether(long seed) {
    House house = boot(SampleGraphs.random(SIZE, seed), seed);
    InstanceGraph graph = graph(house);
    Set<InstanceFmri> online = new HashSet<>();
    for (Transition transition : house.simulation().transitions()) {
      if (transition.to().isRunning()) {
        online.add(transition.instance());
      } else {
        online.remove(transition.instance());
      }
    }
    for (Edge edge : graph.exclusions().edgeSet()) {
      assertThat(edge.dependency().grouping()).isEqualTo(Grouping.EXCLUDE_ALL);
      assertThat(online.contains(edge.from()) && online.contains(edge.to()))
          .as(edge.describe())
          .isFalse();
    }
  }

  private static House boot(List<InstanceDefinition> definitions, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    House house = new House();
    for (int i = 0; i < definitions.size(); i++) {
      Duration duration = Duration.ofMillis(random.nextInt(200));
      house.behaves("s" + i, Behaviour.INSTANT.starting(duration));
      house.enabled(
          House.service("s" + i, definitions.get(i).dependencies().toArray(Dependency[]::new)));
    }
    return house.load().settle();
  }

  private static InstanceGraph graph(House house) {
    return InstanceGraph.of(
        house.simulation().engine().statuses().stream().map(InstanceStatus::definition).toList());
  }
}
