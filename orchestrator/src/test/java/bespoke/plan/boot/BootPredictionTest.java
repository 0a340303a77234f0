package bespoke.plan.boot;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bespoke.engine.House;
import bespoke.explain.boot.Boot;
import bespoke.graph.SampleGraphs;
import bespoke.graph.analysis.CriticalPath;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.RestartOn;
import bespoke.model.Transition;
import bespoke.plan.Behaviour;
import bespoke.plan.Durations;
import bespoke.plan.SimulatedBoot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BootPredictionTest {
  private final House house =
      new House()
          .behaves("db", starting(5))
          .behaves("web", starting(2))
          .enabled(service("db"))
          .enabled(
              service("web", dependency("d", Grouping.REQUIRE_ALL, RestartOn.NONE, fmri("db"))))
          .disabled(service("off"))
          .load()
          .settle();

  @Test
  void theNextBootIsPredictedAsTheLastOneWas() {
    LearnedDurations learned = learned();
    Boot last = Boot.of(BEGAN, house.simulation().transitions());
    List<Transition> predicted = SimulatedBoot.transitions(statuses(), BEGAN, learned, _ -> true);
    assertThat(Boot.of(BEGAN, predicted)).isEqualTo(last);
  }

  @Test
  void oneOddStartDoesNotMoveTheMedian() {
    house.restart("db").settle().restart("db").settle();
    house.behaves("db", starting(60)).restart("db").settle();
    LearnedDurations learned = learned();
    assertThat(learned.of(fmri("db")).start()).isEqualTo(Duration.ofSeconds(5));
    assertThat(learned.spread(fmri("db"))).isEqualTo(Duration.ZERO);
  }

  @Test
  void aSlowerServiceIsLearnedWhenItIsSlowForGood() {
    house.behaves("db", starting(9));
    for (int i = 0; i < 40; i++) {
      house.restart("db").settle();
    }
    assertThat(learned().of(fmri("db")).start()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void whatWasNeverSeenIsAGuess() {
    assertThat(learned().of(fmri("off"))).isEqualTo(Durations.Expected.GUESSED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void sharedCoresTakeNoLessThanTheChainAndAllTheWorkAndEnoughCoresTakeNoMore(long seed) {
    List<InstanceDefinition> definitions = SampleGraphs.layered(100, 6, 3, seed);
    SplittableRandom random = new SplittableRandom(seed);
    Map<InstanceFmri, Duration> work = new LinkedHashMap<>();
    definitions.forEach(it -> work.put(it.fmri(), Duration.ofMillis(random.nextInt(1, 900))));
    InstanceGraph graph = InstanceGraph.of(definitions);
    long chain = CriticalPath.of(graph, work).total().toMillis();
    long sum = work.values().stream().mapToLong(Duration::toMillis).sum();

    assertThat(total(graph, work, 1)).isCloseTo(sum, within(2L));
    assertThat(total(graph, work, 4)).isGreaterThanOrEqualTo(Math.max(chain, sum / 4) - 2);
    assertThat(total(graph, work, 100)).isCloseTo(chain, within(2L));
  }

  private static final long BEGAN = 1_700_000_000_000L;

  private static long total(InstanceGraph graph, Map<InstanceFmri, Duration> work, int cores) {
    return SharedCores.starts(graph, work, cores).values().stream()
        .mapToLong(it -> it.begin().plus(it.duration()).toMillis())
        .max()
        .orElse(0);
  }

  private LearnedDurations learned() {
    LearnedDurations learned = new LearnedDurations();
    house.simulation().transitions().forEach(learned::observe);
    return learned;
  }

  private List<InstanceStatus> statuses() {
    return house.simulation().engine().statuses();
  }

  private static Behaviour starting(int seconds) {
    return Behaviour.INSTANT.starting(Duration.ofSeconds(seconds));
  }
}
