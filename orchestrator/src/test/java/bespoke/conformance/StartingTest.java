package bespoke.conformance;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static bespoke.model.InstanceState.DEGRADED;
import static bespoke.model.InstanceState.DISABLED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static bespoke.model.InstanceState.UNINITIALIZED;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.model.EnabledSetting;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.RestartOn;
import bespoke.model.RuntimeState;
import bespoke.model.StartdChoices;
import bespoke.model.StartdOptions;
import bespoke.model.Transition;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// S1 to S30: states and starting, as far as the engine decides them.
final class StartingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void s1AnEnabledInstanceGoesOverOfflineToOnline() {
    House house = new House().enabled(service("A")).load().settle();
    assertThat(house.simulation().transitions().stream().map(StartingTest::step))
        .containsExactly("uninitialized>offline", "offline>offline online", "offline>online");
    assertThat(house.log()).containsExactly("A: Enabled.");
  }

  private static String step(Transition it) {
    return it.from() + ">" + it.to() + (it.next() == null ? "" : " " + it.next());
  }

  @Test
  void s2ADisabledInstanceIsNotStarted() {
    House house = new House().disabled(service("A")).load().settle();
    assertThat(house.state("A")).isEqualTo(DISABLED);
    assertThat(house.auxiliary("A")).isEqualTo("per_configuration");
    assertThat(house.runs("A", MethodKind.START)).isZero();
  }

  @Test
  void s3AnInstanceWithoutASettingIsLeftAlone() {
    House house = new House();
    EnabledSetting unset = new EnabledSetting(Optional.empty(), Optional.empty(), "");
    Event.InstanceImport one = new Event.InstanceImport(service("A"), unset, Optional.empty());
    house.happen(new Event.DefinitionsImported(List.of(one), List.of())).settle();
    assertThat(house.state("A")).isEqualTo(UNINITIALIZED);
    assertThat(house.story()).isEmpty();
  }

  @Test
  void s4ADependentStartsWhenItsDependencyIsOnline() {
    House house =
        new House()
            .behaves("B", Behaviour.INSTANT.starting(SECOND.multipliedBy(2)))
            .enabled(needing("A", "B"))
            .enabled(service("B"))
            .load()
            .pass(SECOND);
    assertThat(house.state("A")).isEqualTo(OFFLINE);
    house.settle();
    assertThat(house.story()).containsSubsequence("B online", "A online");
    assertThat(runtime(house, "A").sinceEpochMillis())
        .isGreaterThanOrEqualTo(runtime(house, "B").sinceEpochMillis());
  }

  @Test
  void s5TheMiddleOfADiamondStartsInParallel() {
    Behaviour slow = Behaviour.INSTANT.starting(SECOND);
    House house =
        new House()
            .behaves("B", slow)
            .behaves("C", slow)
            .enabled(needing("A", "B", "C"))
            .enabled(needing("B", "D"))
            .enabled(needing("C", "D"))
            .enabled(service("D"))
            .load()
            .settle();
    assertThat(house.story()).endsWith("D online", "B online", "C online", "A online");
    assertThat(runtime(house, "B").sinceEpochMillis())
        .isEqualTo(runtime(house, "C").sinceEpochMillis());
  }

  @Test
  void s6AStartMethodOfTrueNeedsNoProcess() {
    House house =
        new House().enabled(House.with(service("A"), MethodKind.START, ":true", 0)).load().settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(runtime(house, "A").contract()).isEmpty();
    assertThat(house.log()).contains("A: Executing start method (null).");
    house.disable("A").settle();
    assertThat(house.state("A")).isEqualTo(DISABLED);
    assertThat(house.runs("A", MethodKind.STOP)).isZero();
  }

  @Test
  void s7NoStartMethodCountsAsSuccess() {
    House house =
        new House().enabled(House.without(service("A"), MethodKind.START)).load().settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(house.log()).contains("A: Method property group 'start' is not present.");
  }

  @Test
  void s8ExitStatus94AbandonsTheContract() {
    House house = ended(94);
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(runtime(house, "A").contract()).isEmpty();
    assertThat(house.decisions()).anyMatch(Decision.AbandonContract.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(ints = {95, 96, 99, 100})
  void s9S10S12AFatalExitStatusLeadsToMaintenanceAtOnce(int status) {
    House house = ended(status);
    assertThat(house.state("A")).isEqualTo(MAINTENANCE);
    assertThat(house.auxiliary("A")).isEqualTo("method_failed");
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
    String how =
        switch (status) {
          case 95 -> "$SMF_EXIT_ERR_FATAL";
          case 96 -> "$SMF_EXIT_ERR_CONFIG";
          default -> "status " + status;
        };
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Start method exited with " + how + ".");
  }

  @Test
  void s11ExitStatus97IsDegradedAndDependentsStart() {
    House house =
        new House()
            .behaves("A", ending(97))
            .enabled(service("A"))
            .enabled(needing("B", "A"))
            .load()
            .settle();
    assertThat(house.state("A")).isEqualTo(DEGRADED);
    assertThat(house.state("B")).isEqualTo(ONLINE);
  }

  @Test
  void s13ExitStatus101DisablesItUntilReboot() {
    House house = ended(101);
    assertThat(house.state("A")).isEqualTo(DISABLED);
    EnabledSetting setting = house.simulation().engine().status(fmri("A")).orElseThrow().enabled();
    assertThat(setting.permanent()).contains(true);
    assertThat(setting.override()).contains(false);
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Temporarily disabled by an administrator.");
  }

  /// Other than SMF: the attempts are spaced by a back-off.
  @Test
  void s14ThreeFailuresLeadToMaintenance() {
    House house = ended(1);
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(3);
    assertThat(house.auxiliary("A")).isEqualTo("fault_threshold_reached");
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Start method failed repeatedly, last exited with status 1.");
  }

  @Test
  void s15ASuccessForgetsTheFailures() {
    Behaviour slow = ending(1).starting(SECOND);
    House house = new House().behaves("A", slow).enabled(service("A")).load();
    house.pass(Duration.ofMillis(2300));
    assertThat(house.runs("A", MethodKind.START)).isGreaterThanOrEqualTo(2);
    house.behaves("A", Behaviour.INSTANT).settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(runtime(house, "A").failures()).isZero();
  }

  @Test
  void s16ThreeDeathsBySignalAreThreeFailures() {
    House house =
        new House()
            .behaves("A", Behaviour.INSTANT.startEnding(new MethodOutcome.Signaled(15, false)))
            .enabled(service("A"))
            .load()
            .settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(3);
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Start method failed repeatedly, last died on Terminated (15).");
  }

  @Test
  void s17AStartThatTakesTooLongIsKilledAndTriedAgain() {
    House house = hanging(StartdOptions.DEFAULT, 2).settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(3);
    assertThat(house.state("A")).isEqualTo(MAINTENANCE);
    assertThat(house.log())
        .anyMatch(it -> it.matches("A: Method or service exit timed out\\.  Killing contract .*"));
    assertThat(house.simulation().world().liveContracts()).isEmpty();
  }

  @Test
  void s18WithoutTimeoutRetryOneAttemptIsAll() {
    StartdOptions once =
        StartdChoices.of(StartdOptions.Style.CONTRACT).withoutTimeoutRetry().options();
    House house = hanging(once, 2).settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
    assertThat(house.auxiliary("A")).isEqualTo("method_failed");
  }

  @Test
  void s19WithoutATimeoutNothingIsKilled() {
    House house = hanging(StartdOptions.DEFAULT, 0).pass(Duration.ofHours(20));
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
    assertThat(Explained.reasons(house, "A")).containsExactly("Start method is running.");
  }

  private static House hanging(StartdOptions options, int timeoutSeconds) {
    return new House()
        .behaves("A", Behaviour.INSTANT.starting(Duration.ofDays(1)))
        .enabled(House.with(service("A", options), MethodKind.START, "/hang", timeoutSeconds))
        .load();
  }

  /// Other than SMF: more than ten failures in ten minutes, as the manual promises.
  @Test
  void s20S22AServiceThatLeavesNothingRestartsTooQuicklyUntilItIsMended() {
    House house =
        new House()
            .behaves("A", Behaviour.INSTANT.leavingNothing())
            .enabled(service("A"))
            .load()
            .settle();
    assertThat(house.log()).contains("A: Stopping because all processes in service exited.");
    assertThat(Explained.reasons(house, "A")).containsExactly("Restarting too quickly.");
    house.behaves("A", Behaviour.INSTANT).clear("A").settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  /// Other than SMF: clear forgets the failures.
  @Test
  void s21AfterClearItHasThreeAttemptsAgain() {
    House house = ended(1).clear("A").settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(6);
  }

  /// Other than SMF: an attempt looks at the dependencies again.
  @Test
  void s23ADependencyThatFailsBetweenAttemptsHoldsTheNextOneBack() {
    House house =
        new House()
            .behaves("A", ending(1))
            .enabled(service("B"))
            .enabled(needing("A", "B"))
            .load()
            .pass(Duration.ofMillis(50));
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
    house.mark("B", MAINTENANCE).settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
    assertThat(house.state("A")).isEqualTo(OFFLINE);
  }

  @Test
  void s24EnableDoesNotLeaveMaintenance() {
    assertThat(ended(95).enable("A").settle().state("A")).isEqualTo(MAINTENANCE);
  }

  @Test
  void s25DisableLeavesMaintenance() {
    House house = ended(95);
    int before = house.story().size();
    house.disable("A").settle();
    assertThat(house.storySince(before)).containsExactly("A uninitialized", "A disabled");
    assertThat(house.log()).contains("A: Leaving maintenance because disable requested.");
  }

  @Test
  void s26ClearTriesAgain() {
    House house = ended(95).clear("A").settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(2);
    assertThat(house.log()).contains("A: Leaving maintenance because clear requested.");
    assertThat(house.state("A")).isEqualTo(MAINTENANCE);
  }

  @Test
  void s27S29RequestsThatDoNotFitChangeNothing() {
    House house = new House().enabled(service("A")).disabled(service("B")).load().settle();
    int before = house.story().size();
    house.clear("A").mark("B", DEGRADED).settle();
    assertThat(house.storySince(before)).isEmpty();
  }

  @Test
  void s28ClearBringsADegradedInstanceOnline() {
    House house = new House().enabled(service("A")).load().settle();
    house.mark("A", DEGRADED).settle();
    assertThat(house.state("A")).isEqualTo(DEGRADED);
    house.clear("A").settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  /// Other than SMF: the request ends the hanging start.
  @Test
  void s30RestartEndsAHangingStart() {
    House house = hanging(StartdOptions.DEFAULT, 0).pass(SECOND);
    house.behaves("A", Behaviour.INSTANT).restart("A").settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(2);
  }

  private static House ended(int status) {
    return new House().behaves("A", ending(status)).enabled(service("A")).load().settle();
  }

  private static Behaviour ending(int status) {
    return Behaviour.INSTANT.startEnding(new MethodOutcome.Exited(status));
  }

  private static InstanceDefinition needing(String name, String... targets) {
    Entity[] entities = new Entity[targets.length];
    for (int i = 0; i < targets.length; i++) {
      entities[i] = fmri(targets[i]);
    }
    return service(name, dependency("d", Grouping.REQUIRE_ALL, RestartOn.NONE, entities));
  }

  private static RuntimeState runtime(House house, String name) {
    return house.simulation().engine().status(fmri(name)).orElseThrow().runtime();
  }
}
