package bespoke.conformance;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static bespoke.model.Grouping.EXCLUDE_ALL;
import static bespoke.model.Grouping.OPTIONAL_ALL;
import static bespoke.model.Grouping.REQUIRE_ALL;
import static bespoke.model.Grouping.REQUIRE_ANY;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.model.EnabledSetting;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.RestartOn;
import bespoke.plan.Behaviour;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// P8 to P18: propagation over several instances.
final class PropagationTest {

  @Test
  void p8AFaultCascadesOneHopAsAnErrorAndThenAsARestart() {
    House house = chain(RestartOn.ERROR);
    int before = house.story().size();
    house.kill("B").settle();
    assertThat(house.storySince(before))
        .containsExactly("B offline", "A offline", "B online", "A online");
    assertThat(house.state("C")).isEqualTo(ONLINE);
  }

  @Test
  void p9AMemberThatRestartsBouncesTheDependentThoughAnotherIsUp() {
    House house =
        new House()
            .enabled(service("B"))
            .enabled(service("C"))
            .enabled(
                service("A", dependency("d", REQUIRE_ANY, RestartOn.RESTART, fmri("B"), fmri("C"))))
            .load()
            .settle();
    int before = house.story().size();
    house.restart("B").settle();
    assertThat(house.storySince(before)).contains("A offline").endsWith("A online");
  }

  @Test
  void p10AnOptionalMemberThatComesUpRestartsTheDependent() {
    House house = optional(RestartOn.RESTART);
    int before = house.story().size();
    house.enable("B").settle();
    assertThat(house.storySince(before)).containsSubsequence("B online", "A offline", "A online");
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void p11ButNotWithRestartOnNone() {
    House house = optional(RestartOn.NONE);
    int before = house.story().size();
    house.enable("B").settle();
    assertThat(house.storySince(before)).containsExactly("B offline", "B online");
  }

  private static House optional(RestartOn restartOn) {
    return new House()
        .disabled(service("B"))
        .enabled(service("A", dependency("d", OPTIONAL_ALL, restartOn, fmri("B"))))
        .load()
        .settle();
  }

  @Test
  void p12WhoIsExcludedStopsWhileTheOtherRunsAndStartsAgainAfterwards() {
    House house =
        new House()
            .disabled(service("B"))
            .enabled(service("A", dependency("d", EXCLUDE_ALL, RestartOn.NONE, fmri("B"))))
            .load()
            .settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    house.enable("B").settle();
    assertThat(house.state("B")).isEqualTo(ONLINE);
    assertThat(house.state("A")).isEqualTo(OFFLINE);
    house.disable("B").settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void p13DisablingTheBottomStopsFromTheTopAndP15EnablingStartsFromTheBottom() {
    House house = chain(RestartOn.RESTART);
    int before = house.story().size();
    house.disable("B").settle();
    assertThat(house.storySince(before)).containsExactly("C offline", "A offline", "B disabled");
    before = house.story().size();
    house.enable("B").settle();
    assertThat(house.storySince(before))
        .containsExactly("B offline", "B online", "A online", "C online");
  }

  @Test
  void p14ALeafThatCannotStopGoesToMaintenanceAndTheRestContinues() {
    House house =
        new House()
            .enabled(service("B"))
            .enabled(service("A", dependency("d", REQUIRE_ALL, RestartOn.RESTART, fmri("B"))))
            .enabled(
                House.with(
                    service("C", dependency("d", REQUIRE_ALL, RestartOn.RESTART, fmri("A"))),
                    MethodKind.STOP,
                    "/stop",
                    60))
            .behaves("C", Behaviour.INSTANT.methodsEnding(new MethodOutcome.Exited(95)))
            .load()
            .settle();
    int before = house.story().size();
    house.disable("B").settle();
    assertThat(house.storySince(before))
        .containsExactly("C maintenance", "A offline", "B disabled");
  }

  @Test
  void p16ATemporarySettingIsNotInWhatIsKept() {
    House house = new House().enabled(service("A")).load().settle();
    house.happen(new Event.EnableRequested(fmri("A"), false, true, "")).settle();
    EnabledSetting recorded =
        house.decisions().stream()
            .filter(Decision.RecordEnabled.class::isInstance)
            .map(Decision.RecordEnabled.class::cast)
            .reduce((first, second) -> second)
            .orElseThrow()
            .enabled();
    assertThat(recorded.override()).contains(false);
    assertThat(new EnabledSetting(recorded.permanent(), Optional.empty(), "").effective()).isTrue();
  }

  @Test
  void p17StopsByADependencyAreNoFailures() {
    House house = chain(RestartOn.RESTART);
    for (int i = 0; i < 15; i++) {
      house.restart("B").settle();
    }
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(house.state("C")).isEqualTo(ONLINE);
  }

  @Test
  void p18WhoFailsTooOftenEndsInMaintenanceAndItsDependentsWait() {
    House house = chain(RestartOn.ERROR);
    for (int i = 0; i < 11; i++) {
      house.kill("B").settle();
    }
    assertThat(house.state("B")).isEqualTo(MAINTENANCE);
    assertThat(house.auxiliary("B")).isEqualTo("restarting_too_quickly");
    assertThat(house.state("A")).isEqualTo(OFFLINE);
  }

  /// B at the bottom, A on it, C on top.
  private static House chain(RestartOn restartOn) {
    return new House()
        .enabled(service("B"))
        .enabled(service("A", dependency("d", REQUIRE_ALL, restartOn, fmri("B"))))
        .enabled(service("C", dependency("d", REQUIRE_ALL, restartOn, fmri("A"))))
        .load()
        .settle();
  }
}
