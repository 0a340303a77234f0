package bespoke.engine;

import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.ExitStatuses;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.StartdChoices;
import bespoke.model.StartdOptions;
import bespoke.model.StartdOptions.Restart;
import bespoke.model.StartdOptions.Style;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// `startd/restart` and `startd/restart_delay`.
final class RestartPolicyTest {

  private static StartdOptions options(Style style, Restart restart, Duration delay) {
    return StartdChoices.of(style).restarting(restart, delay).options();
  }

  private static House online(Style style, Restart restart, Duration delay) {
    return new House().enabled(service("A", options(style, restart, delay))).load().settle();
  }

  private static InstanceStatus status(House house) {
    return house.simulation().engine().status(fmri("A")).orElseThrow();
  }

  private static House ends(House house, int exitStatus) {
    long contract = status(house).runtime().contract().orElseThrow();
    long run = status(house).runtime().run();
    return house
        .happen(
            new Event.MethodExited(
                fmri("A"), run, new MethodOutcome.Exited(exitStatus), OptionalInt.of(exitStatus)))
        .happen(new Event.ContractEmptied(fmri("A"), contract))
        .settle();
  }

  @Test
  void aCleanExitThatIsNotToBeRestartedDisablesUntilTheNextBoot() {
    for (Restart restart : new Restart[] {Restart.ON_FAILURE, Restart.NEVER}) {
      House house = ends(online(Style.CHILD, restart, Duration.ZERO), 0);
      assertThat(house.state("A")).as("%s", restart).isEqualTo(InstanceState.DISABLED);
      assertThat(status(house).enabled().permanent()).contains(true);
      assertThat(status(house).enabled().comment()).contains("startd/restart");
    }
  }

  @Test
  void aFailureIsRestartedUnlessNothingIs() {
    House again = ends(online(Style.CHILD, Restart.ON_FAILURE, Duration.ZERO), 1);
    assertThat(again.state("A")).isEqualTo(InstanceState.ONLINE);
    assertThat(again.runs("A", MethodKind.START)).isEqualTo(2);
    House never = ends(online(Style.CHILD, Restart.NEVER, Duration.ZERO), 1);
    assertThat(never.state("A")).isEqualTo(InstanceState.MAINTENANCE);
    assertThat(never.runs("A", MethodKind.START)).isEqualTo(1);
  }

  @Test
  void aContractThatEmptiesAndIsNotToBeRestartedGoesToMaintenance() {
    House house = online(Style.CONTRACT, Restart.NEVER, Duration.ZERO);
    house.kill("A").settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.MAINTENANCE);
  }

  @Test
  void theRestartDelayIsWaitedAfterEveryEndByItself() {
    Duration delay = Duration.ofSeconds(7);
    for (int status : new int[] {0, 1}) {
      House house = ends(online(Style.CHILD, Restart.ALWAYS, delay), status);
      assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
      assertThat(house.decisions())
          .anyMatch(decision ->
              decision instanceof Decision.ScheduleTimer timer
                  && timer.kind() == TimerKind.THROTTLE
                  && timer.delay().equals(delay));
    }
  }

  @Test
  void anAdministratorsRestartWaitsForNothing() {
    House house = online(Style.CHILD, Restart.ALWAYS, Duration.ofSeconds(7));
    house.restart("A").settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
    assertThat(house.decisions())
        .noneMatch(decision ->
            decision instanceof Decision.ScheduleTimer timer && timer.kind() == TimerKind.THROTTLE);
  }

  @Test
  void aChildThatExitsWith101IsDisabledUntilTheNextBoot() {
    House house = ends(online(Style.CHILD, Restart.ALWAYS, Duration.ZERO), ExitCodes.TEMP_DISABLE);
    assertThat(house.state("A")).isEqualTo(InstanceState.DISABLED);
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
  }

  private static House meaning(Restart restart, ExitStatuses.Meaning statuses) {
    StartdOptions told =
        StartdChoices.of(Style.CHILD)
            .restarting(restart, Duration.ZERO)
            .meaning(statuses)
            .options();
    return new House().enabled(service("A", told)).load().settle();
  }

  private static ExitStatuses codes(Integer... codes) {
    return new ExitStatuses(Set.of(codes), Set.of());
  }

  @Test
  void aStatusThatIsDeclaredCleanEndsTheServiceWell() {
    var statuses = new ExitStatuses.Meaning(codes(143), ExitStatuses.NONE, ExitStatuses.NONE);
    House clean = ends(meaning(Restart.ON_FAILURE, statuses), 143);
    assertThat(clean.state("A")).isEqualTo(InstanceState.DISABLED);
    House failed = ends(meaning(Restart.ON_FAILURE, statuses), 142);
    assertThat(failed.runs("A", MethodKind.START)).isEqualTo(2);
  }

  @Test
  void aChildThatGivesUpGoesToMaintenanceWhenItFailsTooOften() {
    for (boolean isSaid : new boolean[] {true, false}) {
      StartdOptions options =
          StartdChoices.of(Style.CHILD)
              .failing(2, Duration.ofSeconds(60))
              .givingUp(isSaid)
              .options();
      House house = new House().enabled(service("A", options)).load().settle();
      ends(ends(house, 1), 1);
      assertThat(house.state("A")).isEqualTo(InstanceState.ONLINE);
      ends(house, 1);
      assertThat(house.state("A"))
          .isEqualTo(isSaid ? InstanceState.MAINTENANCE : InstanceState.ONLINE);
    }
  }

  @Test
  void aSignalThatIsDeclaredCleanEndsTheServiceWell() {
    ExitStatuses term = new ExitStatuses(Set.of(), Set.of(15));
    House house =
        meaning(
            Restart.ON_FAILURE,
            new ExitStatuses.Meaning(term, ExitStatuses.NONE, ExitStatuses.NONE));
    long contract = status(house).runtime().contract().orElseThrow();
    house
        .happen(
            new Event.MethodExited(
                fmri("A"),
                status(house).runtime().run(),
                new MethodOutcome.Signaled(15, false),
                OptionalInt.empty()))
        .happen(new Event.ContractEmptied(fmri("A"), contract))
        .settle();
    assertThat(house.state("A")).isEqualTo(InstanceState.DISABLED);
  }

  @Test
  void afterAStatusThatIsTheLastOneNothingIsStartedAgain() {
    var statuses = new ExitStatuses.Meaning(ExitStatuses.NONE, codes(0, 255), ExitStatuses.NONE);
    House failed = ends(meaning(Restart.ALWAYS, statuses), 255);
    assertThat(failed.state("A")).isEqualTo(InstanceState.MAINTENANCE);
    House clean = ends(meaning(Restart.ALWAYS, statuses), 0);
    assertThat(clean.state("A")).isEqualTo(InstanceState.DISABLED);
  }

  @Test
  void afterAStatusThatAsksForItTheServiceIsStartedAgainWhateverElseItMeans() {
    var statuses =
        new ExitStatuses.Meaning(ExitStatuses.NONE, ExitStatuses.NONE, codes(0, 7, 96, 101));
    for (int status : new int[] {0, 7, 96, 101}) {
      House house = ends(meaning(Restart.NEVER, statuses), status);
      assertThat(house.state("A")).as("%d", status).isEqualTo(InstanceState.ONLINE);
      assertThat(house.runs("A", MethodKind.START)).as("%d", status).isEqualTo(2);
    }
  }
}
