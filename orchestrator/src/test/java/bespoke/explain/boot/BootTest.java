package bespoke.explain.boot;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.House;
import bespoke.graph.analysis.CriticalPath;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceStatus;
import bespoke.model.RestartOn;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BootTest {
  private static final long BEGAN = 1_700_000_000_000L;

  private final House house =
      new House()
          .behaves("db", starting(5))
          .behaves("cache", starting(2))
          .behaves("web", starting(1))
          .enabled(service("db"))
          .enabled(service("cache"))
          .enabled(needing("web"))
          .disabled(service("off"))
          .load()
          .settle();

  @Test
  void theCriticalPathOfABootIsTheLongestChainThatWasMeasured() {
    Boot boot = boot();
    CriticalPath path = boot.criticalPath(graph());
    assertThat(path.total()).isEqualTo(Duration.ofSeconds(6)).isEqualTo(boot.total());
    assertThat(path.steps())
        .containsExactly(
            new CriticalPath.Step(
                fmri("db"), Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(3)),
            new CriticalPath.Step(
                fmri("web"), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    assertThat(path.slack()).containsEntry(fmri("cache"), Duration.ofSeconds(3));
  }

  @Test
  void onlyTheFirstStartCountsAndWhoNeverStartedIsAbsent() {
    Boot before = boot();
    house.restart("db").settle();
    assertThat(boot()).isEqualTo(before);
    assertThat(before.starts()).containsOnlyKeys(fmri("db"), fmri("cache"), fmri("web"));
  }

  private Boot boot() {
    return Boot.of(BEGAN, house.simulation().transitions());
  }

  private InstanceGraph graph() {
    List<InstanceStatus> statuses = house.simulation().engine().statuses();
    return InstanceGraph.of(statuses.stream().map(InstanceStatus::definition).toList());
  }

  private static Behaviour starting(int seconds) {
    return Behaviour.INSTANT.starting(Duration.ofSeconds(seconds));
  }

  private static InstanceDefinition needing(String name) {
    return service(
        name, dependency("d", Grouping.REQUIRE_ALL, RestartOn.NONE, fmri("db"), fmri("cache")));
  }
}
