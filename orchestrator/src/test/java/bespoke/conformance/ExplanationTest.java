package bespoke.conformance;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static bespoke.model.Grouping.EXCLUDE_ALL;
import static bespoke.model.Grouping.REQUIRE_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.House;
import bespoke.explain.Explanation;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceState;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Readiness;
import bespoke.model.RestartOn;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// V14 to V23 on what the engine really did, and the failures of each method.
final class ExplanationTest {

  @Test
  void v14NothingIsWrongWhenAllIsOnline() {
    House house = new House().enabled(service("B")).enabled(needing("A", "B")).load().settle();
    assertThat(Explained.house(house).problems()).isEmpty();
  }

  @Test
  void v15V16TheDisabledServiceAtTheBottomIsTheProblemOfAll() {
    House house =
        new House()
            .disabled(service("C"))
            .enabled(needing("B", "C"))
            .enabled(needing("A", "B"))
            .load()
            .settle();
    List<Explanation> problems = Explained.house(house).problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().fmri()).isEqualTo(fmri("C"));
    assertThat(problems.getFirst().impact()).containsExactly(fmri("A"), fmri("B"));
    Explanation a = Explained.house(house).explain(fmri("A")).orElseThrow();
    assertThat(a.reasons().getFirst().text()).isEqualTo("Service svc:/t/C:default is disabled.");
    assertThat(a.reasons().getFirst().path()).containsExactly(fmri("A"), fmri("B"), fmri("C"));
  }

  @Test
  void v18WhatIsMissingIsAbsent() {
    House house = new House().enabled(needing("A", "none")).load().settle();
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Dependency svc:/t/none:default is absent.");
  }

  @Test
  void v19V23WhatIsExcludedIsNamedWhetherItRunsOrWaits() {
    House house =
        new House()
            .disabled(service("C"))
            .enabled(needing("B", "C"))
            .enabled(needing(EXCLUDE_ALL, "A", fmri("B")))
            .load()
            .settle();
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Service svc:/t/B:default is excluded but enabled.");
    house.enable("C").settle();
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Service svc:/t/B:default is running.");
  }

  @Test
  void v20V21WhatIsDisabledUnneededOrOnlineIsNoProblem() {
    House house = new House().disabled(service("A")).enabled(service("B")).load().settle();
    assertThat(Explained.house(house).problems()).isEmpty();
    assertThat(Explained.reasons(house, "B")).isEmpty();
  }

  @Test
  void aStartThatIsRunningTriedAgainOrGivenUpIsToldApart() {
    House house =
        new House()
            .enabled(service("A"))
            .behaves("A", failing(new MethodOutcome.Exited(1)).starting(Duration.ofSeconds(5)))
            .load()
            .pass(Duration.ofSeconds(1));
    assertThat(Explained.reasons(house, "A")).containsExactly("Start method is running.");
    house.pass(Duration.ofMillis(4050));
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Start method exited with status 1; the next attempt follows.");
    house.settle();
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Start method failed repeatedly, last exited with status 1.");
  }

  @Test
  void aMethodThatCannotBeRunSaysWhy() {
    House house =
        new House()
            .enabled(service("A"))
            .behaves("A", failing(new MethodOutcome.NotRun("exec failed: no such file /x", false)))
            .load()
            .settle();
    assertThat(Explained.reasons(house, "A")).containsExactly("Method failed.");
    assertThat(Explained.details(house, "A")).containsExactly("exec failed: no such file /x");
  }

  @Test
  void aStopThatFailsIsNotTakenForAStart() {
    House house =
        new House()
            .enabled(House.with(service("A"), MethodKind.STOP, "/stop", 60))
            .behaves("A", Behaviour.INSTANT.methodsEnding(new MethodOutcome.Exited(1)))
            .load()
            .settle()
            .restart("A")
            .settle();
    assertThat(Explained.reasons(house, "A")).containsExactly("Method failed repeatedly.");
    assertThat(Explained.details(house, "A")).containsExactly("stop method exited with status 1");
  }

  /// Other than SMF: a failed refresh leaves the service running.
  @Test
  void aRefreshThatFailsDegrades() {
    House house =
        new House()
            .enabled(House.with(service("A"), MethodKind.REFRESH, "/refresh", 60))
            .behaves("A", Behaviour.INSTANT.methodsEnding(new MethodOutcome.Exited(1)))
            .load()
            .settle()
            .refresh("A")
            .settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.DEGRADED);
    assertThat(Explained.reasons(house, "A")).containsExactly("Degraded because a method failed.");
    assertThat(Explained.details(house, "A"))
        .containsExactly("refresh method exited with status 1");
  }

  @Test
  void whoIsNotReadyYetIsToldFromWhoseStartMethodRuns() {
    Readiness readiness =
        new Readiness(
            Readiness.Kind.SD_NOTIFY, -1, Optional.empty(), Optional.of(Duration.ofSeconds(30)));
    House house =
        new House().enabled(House.with(service("A"), readiness)).load().pass(Duration.ofSeconds(1));
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Started; it has not yet reported that it is ready.");
    house.settle();
    assertThat(Explained.reasons(house, "A"))
        .containsExactly("Did not report that it is ready in time.");
  }

  private static Behaviour failing(MethodOutcome outcome) {
    return Behaviour.INSTANT.startEnding(outcome);
  }

  private static InstanceDefinition needing(String name, String target) {
    return needing(REQUIRE_ALL, name, fmri(target));
  }

  private static InstanceDefinition needing(Grouping grouping, String name, Entity target) {
    return service(name, dependency("d", grouping, RestartOn.NONE, target));
  }
}
