package bespoke.conformance;

import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static bespoke.model.InstanceState.DISABLED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.RuntimeState;
import bespoke.model.StartdChoices;
import bespoke.model.StartdOptions;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// R1 to R28: running and stopping, as far as the engine decides them.
final class RunningTest {
  private static final int SIGKILL = 9;
  private static final int SIGABRT = 6;

  @Test
  void r1ADeathFromOutsideStopsAndStartsTheService() {
    House house = online(service("A"));
    int before = house.story().size();
    house.kill("A").settle();
    assertThat(house.storySince(before)).containsExactly("A offline", "A online");
    assertThat(house.log())
        .contains("A: Stopping because process received fatal signal from outside the service.");
    assertThat(house.simulation().transitions())
        .anyMatch(it -> it.auxiliary().toString().equals("ct_ev_signal"));
  }

  @Test
  void r2TheDeathOfOneOfSeveralStopsTheRest() {
    House house = online(service("A"));
    died(house, SIGKILL, false, false).settle();
    assertThat(house.decisions()).anyMatch(Decision.SignalContract.class::isInstance);
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(2);
    assertThat(house.simulation().world().liveContracts()).hasSize(1);
  }

  @Test
  void r3R5IgnoredErrorsAreNoEvents() {
    House house = online(service("A", ignoring(true, true)));
    died(house, SIGKILL, false, false);
    died(house, SIGABRT, true, false).settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void r5ACoreDumpIsAnEvent() {
    House house = online(service("A"));
    died(house, SIGABRT, true, false).settle();
    assertThat(house.log()).contains("A: Stopping because process dumped core.");
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(2);
  }

  @Test
  void r6TheEndOfTheLastProcessIsAnEvent() {
    House house = online(service("A"));
    house.happen(new Event.ContractEmptied(fmri("A"), contract(house))).settle();
    assertThat(house.log()).contains("A: Stopping because all processes in service exited.");
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void r7ADeathByASiblingIsNoEvent() {
    House house = online(service("A"));
    died(house, SIGKILL, false, true).settle();
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
  }

  @Test
  void r8ATransientServiceNeedsNoProcesses() {
    House house = online(service("A", style(StartdOptions.Style.TRANSIENT)));
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(1);
  }

  /// Other than SMF: a missing stop method means `:kill`.
  @Test
  void r9WithoutAStopMethodNothingIsLeftBehind() {
    House house = online(House.without(service("A"), MethodKind.STOP));
    house.disable("A").settle();
    assertThat(house.state("A")).isEqualTo(DISABLED);
    assertThat(house.simulation().world().liveContracts()).isEmpty();
  }

  @Test
  void r10WhatDoesNotStopInTimeIsKilledAndGoesToMaintenance() {
    House house = stubborn(Method.OnTimeout.MAINTENANCE).disable("A").settle();
    assertThat(house.state("A")).isEqualTo(MAINTENANCE);
    assertThat(house.auxiliary("A")).isEqualTo("method_failed");
    assertThat(house.simulation().world().liveContracts()).isEmpty();
  }

  /// Other than SMF: where the service says so, the kill counts as stopped.
  @Test
  void r10WithOnTimeoutKillItCountsAsStopped() {
    House house = stubborn(Method.OnTimeout.KILL).disable("A").settle();
    assertThat(house.state("A")).isEqualTo(DISABLED);
    assertThat(house.simulation().world().liveContracts()).isEmpty();
  }

  private static House stubborn(Method.OnTimeout onTimeout) {
    InstanceDefinition it = service("A");
    Method stop = it.method(MethodKind.STOP).orElseThrow();
    Map<MethodKind, Method> methods = new EnumMap<>(it.methods());
    methods.put(
        MethodKind.STOP,
        new Method(
            MethodKind.STOP,
            Optional.of(":kill"),
            Optional.of(Duration.ofSeconds(3)),
            onTimeout,
            stop.context(),
            stop.origin()));
    return online(
        new InstanceDefinition(
            it.fmri(),
            it.restarter(),
            it.dependencies(),
            methods,
            it.startd(),
            it.readiness(),
            it.monitor(),
            it.resources(),
            it.template(),
            it.invalid(),
            it.problems(),
            it.origin()),
        Behaviour.INSTANT.stopping(Duration.ofSeconds(-1)));
  }

  @Test
  void r11AStopMethodThatFailsThreeTimesLeavesTheProcessesInTheirContract() {
    House house =
        online(
            House.with(service("A"), MethodKind.STOP, "/stop", 60),
            Behaviour.INSTANT.methodsEnding(new MethodOutcome.Exited(1)));
    house.disable("A").settle();
    assertThat(house.runs("A", MethodKind.STOP)).isEqualTo(3);
    assertThat(house.auxiliary("A")).isEqualTo("fault_threshold_reached");
    assertThat(runtime(house).contract()).isPresent();
    assertThat(house.simulation().world().liveContracts()).hasSize(1);
  }

  @Test
  void r12KillSendsItsSignal() {
    House house = online(House.with(service("A"), MethodKind.STOP, ":kill -INT", 60));
    house.disable("A").settle();
    assertThat(house.log()).contains("A: Executing stop method (:kill).");
    assertThat(house.decisions())
        .anyMatch(
            it -> it instanceof Decision.SignalContract(_, _, String s, _) && s.equals("INT"));
  }

  @Test
  void r13ATransientServiceHasNothingToKill() {
    House house =
        online(
            House.with(
                service("A", style(StartdOptions.Style.TRANSIENT)), MethodKind.STOP, ":kill", 60));
    house.disable("A").settle();
    assertThat(house.state("A")).isEqualTo(MAINTENANCE);
    assertThat(house.log())
        .contains("A: Invalid use of \":kill\" as stop method for transient service.");
  }

  @Test
  void r14RestartStopsAndStarts() {
    House house = online(service("A"));
    int before = house.story().size();
    house.restart("A").settle();
    assertThat(house.storySince(before)).containsExactly("A offline", "A online");
    assertThat(runtime(house).failureTimesEpochMillis()).isEmpty();
  }

  @Test
  void r15RestartWithDumpSendsAbrtFirst() {
    House house = online(service("A"));
    house.happen(new Event.RestartRequested(fmri("A"), true)).settle();
    assertThat(house.decisions())
        .anyMatch(
            it -> it instanceof Decision.SignalContract(_, _, String s, _) && s.equals("ABRT"));
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(2);
  }

  @Test
  void r16RestartAndRefreshOfADisabledInstanceDoNothing() {
    House house = new House().disabled(service("A")).load().settle();
    int before = house.story().size();
    house.restart("A").refresh("A").settle();
    assertThat(house.storySince(before)).isEmpty();
  }

  /// Other than SMF: the start is ended.
  @Test
  void r17DisableEndsAStart() {
    House house =
        new House()
            .behaves("A", Behaviour.INSTANT.starting(Duration.ofSeconds(5)))
            .enabled(service("A"))
            .load()
            .pass(Duration.ofSeconds(1))
            .disable("A")
            .settle();
    assertThat(house.story()).containsExactly("A offline", "A disabled");
  }

  @Test
  void r18RefreshWithoutAMethodSucceeds() {
    House house = online(service("A"));
    long contract = contract(house);
    house.refresh("A").settle();
    assertThat(house.log())
        .contains(
            "A: Rereading configuration.", "A: No 'refresh' method defined.  Treating as :true.");
    assertThat(contract(house)).isEqualTo(contract);
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void r20AChildThatExitsWellIsStartedAgainWithoutAStopMethod() {
    House house = online(service("A", style(StartdOptions.Style.CHILD)));
    exited(house, new MethodOutcome.Exited(0)).settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    assertThat(house.runs("A", MethodKind.START)).isEqualTo(2);
    assertThat(house.runs("A", MethodKind.STOP)).isZero();
  }

  @Test
  void r21AChildThatExitsInALoopIsThrottledAndNeverGivenUp() {
    House house =
        new House()
            .behaves("A", Behaviour.INSTANT.startEnding(new MethodOutcome.Exited(1)))
            .enabled(service("A", style(StartdOptions.Style.CHILD)))
            .load()
            .pass(Duration.ofMinutes(5));
    assertThat(house.log()).contains("A: Failing too quickly, throttling.");
    assertThat(house.story()).doesNotContain("A maintenance");
    assertThat(house.runs("A", MethodKind.START)).isGreaterThan(5);
  }

  @Test
  void r22AChildWithAConfigurationErrorIsGivenUp() {
    House house = online(service("A", style(StartdOptions.Style.CHILD)));
    exited(house, new MethodOutcome.Exited(96)).settle();
    assertThat(house.state("A")).isEqualTo(MAINTENANCE);
  }

  /// Other than SMF: it counts as an error exit.
  @Test
  void r23AChildThatIsKilledExitedWithAnError() {
    House house = online(service("A", style(StartdOptions.Style.CHILD)));
    exited(house, new MethodOutcome.Signaled(SIGKILL, false)).settle();
    assertThat(house.log()).anyMatch(it -> it.startsWith("A: Stopping because"));
    assertThat(house.log()).doesNotContain("A: Stopping because all processes in service exited.");
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  @Test
  void r26MaintenanceOnRequestRunsTheStopMethodAndNamesWhoAsked() {
    House house = online(House.with(service("A"), MethodKind.STOP, "/stop", 60));
    house.mark("A", MAINTENANCE).settle();
    assertThat(house.runs("A", MethodKind.STOP)).isEqualTo(1);
    assertThat(house.auxiliary("A")).isEqualTo("administrative_request");
    House other = online(service("A"));
    other.happen(
        new Event.MarkRequested(fmri("A"), MAINTENANCE, false, false, Optional.empty(), false));
    assertThat(other.settle().auxiliary("A")).isEqualTo("service_request");
  }

  @Test
  void r27ANewDaemonTakesOverWhatRunsWithoutTouchingIt() {
    House house = online(service("A"));
    InstanceStatus before = house.simulation().engine().status(fmri("A")).orElseThrow();
    Engine next = new Engine();
    next.handle(
        new Envelope(
            1, 1, 1, 0, Optional.empty(), new Event.DaemonStarted(1_000, 1_000, Optional.empty())));
    Event.InstanceImport restored =
        new Event.InstanceImport(
            before.definition(), before.enabled(), Optional.of(before.runtime()));
    List<Decision> decisions =
        next.handle(
            new Envelope(
                2,
                1,
                1,
                0,
                Optional.empty(),
                new Event.DefinitionsImported(List.of(restored), List.of())));
    assertThat(decisions).noneMatch(Decision.RunMethod.class::isInstance);
    assertThat(decisions).noneMatch(Decision.SignalContract.class::isInstance);
    RuntimeState after = next.status(fmri("A")).orElseThrow().runtime();
    assertThat(after.state()).isEqualTo(InstanceState.ONLINE);
    assertThat(after.contract()).isEqualTo(before.runtime().contract());
  }

  /// As the manual says: more than the count within the period.
  @Test
  void r28MoreThanTheCriticalCountWithinThePeriodLeadsToMaintenance() {
    StartdOptions strict = critical(3, 60);
    House house = online(service("A", strict));
    for (int i = 0; i < 3; i++) {
      house.kill("A").settle();
      assertThat(house.state("A")).isEqualTo(ONLINE);
    }
    house.kill("A").settle();
    assertThat(house.auxiliary("A")).isEqualTo("restarting_too_quickly");
  }

  @Test
  void r28FailuresFarApartAreForgiven() {
    House house = online(service("A", critical(3, 60)));
    for (int i = 0; i < 10; i++) {
      house.kill("A").settle();
      // something that is due later lets virtual time pass
      house.enabled(service("B" + i)).behaves("B" + i, slow()).load().settle();
    }
    assertThat(house.state("A")).isEqualTo(ONLINE);
  }

  private static Behaviour slow() {
    return Behaviour.INSTANT.starting(Duration.ofSeconds(50));
  }

  private static House online(InstanceDefinition definition) {
    return online(definition, Behaviour.INSTANT);
  }

  private static House online(InstanceDefinition definition, Behaviour behaviour) {
    House house = new House().behaves("A", behaviour).enabled(definition).load().settle();
    assertThat(house.state("A")).isEqualTo(ONLINE);
    return house;
  }

  private static House died(House house, int signal, boolean core, boolean fromInside) {
    return house.happen(
        new Event.MemberDied(fmri("A"), contract(house), 7, signal, core, fromInside));
  }

  private static House exited(House house, MethodOutcome outcome) {
    long contract = contract(house);
    int raw =
        switch (outcome) {
          case MethodOutcome.Exited(int status) -> status << 8;
          case MethodOutcome.Signaled(int signal, _) -> signal;
          case MethodOutcome.NotRun _, MethodOutcome.Unknown _ -> 0;
        };
    return house
        .happen(
            new Event.MethodExited(fmri("A"), runtime(house).run(), outcome, OptionalInt.of(raw)))
        .happen(new Event.ContractEmptied(fmri("A"), contract));
  }

  private static StartdOptions style(StartdOptions.Style style) {
    return options(style, false, false, 10, 600);
  }

  private static StartdOptions ignoring(boolean core, boolean signal) {
    return options(StartdOptions.Style.CONTRACT, core, signal, 10, 600);
  }

  private static StartdOptions critical(int count, int seconds) {
    return options(StartdOptions.Style.CONTRACT, false, false, count, seconds);
  }

  private static StartdOptions options(
      StartdOptions.Style style, boolean core, boolean signal, int count, int seconds) {
    return StartdChoices.of(style)
        .ignoring(core, signal)
        .failing(count, Duration.ofSeconds(seconds))
        .options();
  }

  private static long contract(House house) {
    return runtime(house).contract().orElseThrow();
  }

  private static RuntimeState runtime(House house) {
    return house.simulation().engine().status(fmri("A")).orElseThrow().runtime();
  }
}
