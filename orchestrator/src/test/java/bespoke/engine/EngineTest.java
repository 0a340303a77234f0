package bespoke.engine;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.Grouping;
import bespoke.model.InstanceState;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.RestartOn;
import bespoke.model.StartdChoices;
import bespoke.model.StartdOptions;
import bespoke.plan.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineTest {

  private static House chain(RestartOn restartOn) {
    return new House()
        .enabled(service("C"))
        .enabled(service("B", dependency("d", Grouping.REQUIRE_ALL, restartOn, fmri("C"))))
        .enabled(service("A", dependency("d", Grouping.REQUIRE_ALL, restartOn, fmri("B"))));
  }

  @Test
  void anEnabledInstanceGoesFromUninitializedToOnline() {
    House house = new House().enabled(service("A")).load();
    assertThat(house.story()).containsExactly("A offline");
    house.settle();
    assertThat(house.story()).containsExactly("A offline", "A online");
    assertThat(house.log()).containsExactly("A: Enabled.");
  }

  @Test
  void dependentsStartAfterTheirDependencies() {
    House house = chain(RestartOn.NONE).load().settle();
    assertThat(house.story()).containsSubsequence("C online", "B online", "A online");
  }

  @Test
  void disablingTheBottomStopsTheTopFirst() {
    House house = chain(RestartOn.RESTART).load().settle();
    int before = house.story().size();
    house.disable("C").settle();
    assertThat(house.storySince(before)).containsExactly("A offline", "B offline", "C disabled");
    before = house.story().size();
    house.enable("C").settle();
    assertThat(house.storySince(before))
        .containsExactly("C offline", "C online", "B online", "A online");
  }

  @Test
  void aStartMethodThatFailsThreeTimesLeadsToMaintenance() {
    House house =
        new House()
            .enabled(service("A"))
            .behaves("A", Behaviour.INSTANT.startEnding(new MethodOutcome.Exited(1)))
            .load()
            .settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.MAINTENANCE);
    assertThat(house.auxiliary("A")).isEqualTo("fault_threshold_reached");
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(3);
  }

  @Test
  void anImportLeavesWhatWasEnabledForNowAsItIs() {
    House house = new House().disabled(service("A")).load().settle();
    house.happen(new Event.EnableRequested(fmri("A"), true, true, "for now")).settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
    house.disabled(service("A")).load().settle(); // the same once more
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
    house.disable("A").settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.DISABLED);
  }

  @Test
  void clearForgetsTheFailures() {
    House house =
        new House()
            .enabled(service("A"))
            .behaves("A", Behaviour.INSTANT.startEnding(new MethodOutcome.Exited(1)))
            .load()
            .settle()
            .clear("A")
            .settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(6);
    house.behaves("A", Behaviour.INSTANT).clear("A").settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
  }

  @Test
  void aServiceThatLeavesNothingEndsInMaintenanceAfterMoreThanTenFailures() {
    House house =
        new House()
            .enabled(service("A"))
            .behaves("A", Behaviour.INSTANT.leavingNothing())
            .load()
            .settle();
    assertThat(house.auxiliary("A")).isEqualTo("restarting_too_quickly");
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(11);
  }

  @Test
  void anInstanceNeverComesOnlineWithoutItsDependency() {
    House house =
        new House()
            .enabled(service("B"))
            .enabled(service("A", dependency("d", Grouping.REQUIRE_ALL, RestartOn.NONE, fmri("B"))))
            .behaves("A", Behaviour.INSTANT.starting(Duration.ofSeconds(10)))
            .load()
            .pass(Duration.ofSeconds(5));
    assertThat(house.state("B")).isEqualTo(InstanceState.ONLINE);
    house.disable("B").settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.OFFLINE);
    assertThat(house.state("B")).isEqualTo(InstanceState.DISABLED);
    assertThat(house.story()).doesNotContain("A online");
  }

  @Test
  void disableEndsAHangingStart() {
    House house =
        new House()
            .enabled(House.with(service("A"), MethodKind.START, "/hang", 0))
            .behaves("A", Behaviour.INSTANT.starting(Duration.ofDays(1)))
            .load()
            .pass(Duration.ofSeconds(5))
            .disable("A")
            .settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.DISABLED);
    assertThat(house.simulation().world().liveContracts()).isEmpty();
  }

  @Test
  void oneOfTwoThatExcludeEachOtherRuns() {
    House house =
        new House()
            .enabled(service("A", dependency("x", Grouping.EXCLUDE_ALL, RestartOn.NONE, fmri("B"))))
            .enabled(service("B", dependency("x", Grouping.EXCLUDE_ALL, RestartOn.NONE, fmri("A"))))
            .load()
            .settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
    assertThat(house.state("B")).isEqualTo(InstanceState.OFFLINE);
    house.disable("A").settle();
    assertThat(house.state("B")).isEqualTo(InstanceState.ONLINE);
  }

  @Test
  void aMissingFileBlocksUntilItAppears() {
    House house =
        new House()
            .enabled(
                service(
                    "A",
                    dependency(
                        "f",
                        Grouping.REQUIRE_ALL,
                        RestartOn.NONE,
                        new bespoke.model.FileFmri("/etc/a"))))
            .load()
            .settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.OFFLINE);
    house.file("/etc/a", true).settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
  }

  @Test
  void membersOfACycleAreInMaintenance() {
    House house =
        new House()
            .enabled(service("A", dependency("d", Grouping.REQUIRE_ALL, RestartOn.NONE, fmri("B"))))
            .enabled(service("B", dependency("d", Grouping.REQUIRE_ALL, RestartOn.NONE, fmri("A"))))
            .load()
            .settle();
    assertThat(house.auxiliary("A")).isEqualTo("dependency_cycle");
    assertThat(house.auxiliary("B")).isEqualTo("dependency_cycle");
    house.redefine(service("B")).clear("A").clear("B").settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
    assertThat(house.state("B")).isEqualTo(InstanceState.ONLINE);
  }

  @Test
  void shutdownStopsEverythingInReverseOrder() {
    House house = chain(RestartOn.NONE).load().settle();
    int before = house.story().size();
    house.happen(new Event.ShutdownRequested()).settle();
    assertThat(house.storySince(before)).containsExactly("A disabled", "B disabled", "C disabled");
    assertThat(house.decisions().getLast()).isInstanceOf(Decision.CompleteShutdown.class);
  }

  @Test
  void aRunningInstanceKeepsItsRestarterSoThatShutdownCompletes() {
    House house = new House().enabled(service("A")).load().settle();
    house
        .redefine(service("A").restartedBy(java.util.Optional.of(fmri("none"))))
        .settle()
        .happen(new Event.ShutdownRequested())
        .settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.DISABLED);
    assertThat(house.decisions().getLast()).isInstanceOf(Decision.CompleteShutdown.class);
  }

  @Test
  void aChildThatExitsCleanlyIsStartedAgainAtOnceAndForEver() {
    StartdOptions child = StartdChoices.of(StartdOptions.Style.CHILD).options();
    House house = new House().enabled(service("A", child)).load().settle();
    for (int i = 0; i < 30; i++) {
      long contract =
          house
              .simulation()
              .engine()
              .status(fmri("A"))
              .orElseThrow()
              .runtime()
              .contract()
              .getAsLong();
      long run = house.simulation().engine().status(fmri("A")).orElseThrow().runtime().run();
      house
          .happen(
              new Event.MethodExited(
                  fmri("A"), run, new MethodOutcome.Exited(0), java.util.OptionalInt.of(0)))
          .happen(new Event.ContractEmptied(fmri("A"), contract))
          .settle();
    }
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(31);
  }
}
