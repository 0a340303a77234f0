package bespoke.engine;

import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static bespoke.engine.House.with;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Origin;
import bespoke.model.Probe;
import bespoke.model.StartdChoices;
import bespoke.model.StartdOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What the next daemon does with what the last one was in the middle of: the engine is thrown away
/// and another one goes on from what was written down.
class ResumptionTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<Decision> decisions = new ArrayList<>();
  private Engine engine = new Engine();
  private long nanos = 5 * SECOND;
  private long id;

  private void happen(Event event) {
    decisions.clear();
    decisions.addAll(
        engine.handle(
            new Envelope(
                ++id, 1_700_000_000_000L + nanos / 1_000_000, nanos, 0, Optional.empty(), event)));
  }

  private void load(InstanceDefinition definition) {
    happen(
        new Event.DefinitionsImported(
            List.of(
                new Event.InstanceImport(
                    definition, EnabledSetting.permanently(true), Optional.empty())),
            List.of()));
  }

  /// The daemon dies; the next one starts so much later.
  private void crash(Duration away) {
    InstanceStatus status = status();
    nanos += away.toNanos();
    engine = new Engine();
    happen(
        new Event.DefinitionsImported(
            List.of(
                new Event.InstanceImport(
                    status.definition(), status.enabled(), Optional.of(status.runtime()))),
            List.of()));
  }

  private InstanceStatus status() {
    return engine.statuses().getFirst();
  }

  private Decision.RunMethod run() {
    return only(Decision.RunMethod.class);
  }

  private <T extends Decision> T only(Class<T> type) {
    List<T> found = decisions.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).as("%s of %s", type.getSimpleName(), decisions).hasSize(1);
    return found.getFirst();
  }

  private Duration delay(TimerKind kind) {
    return decisions.stream()
        .filter(it -> it instanceof Decision.ScheduleTimer timer && timer.kind() == kind)
        .map(it -> ((Decision.ScheduleTimer) it).delay())
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError(kind + " is not set: " + decisions));
  }

  private void exited(Decision.RunMethod run, int status) {
    happen(
        new Event.MethodExited(
            run.instance(), run.run(), new MethodOutcome.Exited(status), OptionalInt.empty()));
  }

  private void emptied(long contract) {
    happen(new Event.ContractEmptied(fmri("A"), contract));
  }

  private static StartdOptions child() {
    return StartdChoices.of(StartdOptions.Style.CHILD).options();
  }

  @Test
  void aStartMethodKeepsTheTimeItHadLeft() {
    load(service("A"));
    Duration whole = delay(TimerKind.METHOD_TIMEOUT);
    crash(Duration.ofSeconds(20));
    assertThat(delay(TimerKind.METHOD_TIMEOUT)).isEqualTo(whole.minusSeconds(20));
    assertThat(decisions).noneMatch(Decision.RunMethod.class::isInstance);
  }

  @Test
  void aTimeThatWasUpMeanwhileIsUpAtOnce() {
    load(service("A"));
    crash(Duration.ofHours(2));
    assertThat(delay(TimerKind.METHOD_TIMEOUT)).isEqualTo(Duration.ZERO);
  }

  @Test
  void theBackOffGoesOnRatherThanBeginningOrEnding() {
    load(service("A"));
    Decision.RunMethod start = run();
    exited(start, 1);
    emptied(start.contract());
    Duration backOff = delay(TimerKind.RETRY);
    crash(backOff.dividedBy(4));
    assertThat(delay(TimerKind.RETRY)).isEqualTo(backOff.minus(backOff.dividedBy(4)));
    assertThat(decisions).noneMatch(Decision.RunMethod.class::isInstance);
    happen(new Event.TimerFired(fmri("A"), only(Decision.ScheduleTimer.class).timer()));
    assertThat(run().attempt()).isEqualTo(2);
  }

  @Test
  void theThrottleGoesOnAndRemembersTheStarts() {
    load(service("A", child()));
    for (int i = 0; i < 5; i++) {
      Decision.RunMethod start = run();
      happen(new Event.MethodStarted(fmri("A"), start.run(), 100 + i));
      if (i == 3) {
        crash(Duration.ZERO);
      }
      exited(start, 1);
      emptied(start.contract());
    }
    assertThat(delay(TimerKind.THROTTLE)).isEqualTo(Duration.ofSeconds(1));
    crash(Duration.ofMillis(400));
    assertThat(delay(TimerKind.THROTTLE)).isEqualTo(Duration.ofMillis(600));
  }

  @Test
  void theMonitorIsAskedWhenItWasDue() {
    Probe monitor =
        new Probe(
            Probe.Kind.EXEC,
            "/check",
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            1,
            1,
            Probe.OnFailure.DEGRADE,
            MethodContext.NONE,
            Origin.UNKNOWN);
    load(with(service("A"), monitor));
    exited(run(), 0);
    crash(Duration.ofSeconds(10));
    assertThat(delay(TimerKind.PROBE_INTERVAL)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aStopThatWaitsForProcessesKeepsItsDeadlineAndIsNotBegunAgain() {
    load(with(service("A"), MethodKind.STOP, "/stop", 60));
    exited(run(), 0);
    happen(new Event.EnableRequested(fmri("A"), false, false, ""));
    Decision.RunMethod stop = run();
    nanos += 10 * SECOND;
    exited(stop, 0);
    assertThat(delay(TimerKind.STOP_TIMEOUT)).isEqualTo(Duration.ofSeconds(50));
    crash(Duration.ofSeconds(5));
    assertThat(delay(TimerKind.STOP_TIMEOUT)).isEqualTo(Duration.ofSeconds(45));
    assertThat(decisions).noneMatch(Decision.RunMethod.class::isInstance);
    only(Decision.AwaitEmpty.class);
  }

  @Test
  void aSignalThatMayNotHaveBeenSentIsSentAgain() {
    load(service("A"));
    exited(run(), 0);
    happen(new Event.EnableRequested(fmri("A"), false, false, ""));
    only(Decision.SignalContract.class);
    crash(Duration.ofSeconds(5));
    only(Decision.SignalContract.class);
    assertThat(delay(TimerKind.STOP_TIMEOUT)).isEqualTo(Duration.ofSeconds(55));
  }

  @Test
  void aStopMethodThatMayNeverHaveBegunIsRunAgain() {
    load(with(service("A"), MethodKind.STOP, "/stop", 60));
    exited(run(), 0);
    happen(new Event.EnableRequested(fmri("A"), false, false, ""));
    Decision.RunMethod stop = run();
    crash(Duration.ZERO);
    happen(
        new Event.MethodExited(
            fmri("A"), stop.run(), new MethodOutcome.Unknown(), OptionalInt.empty()));
    happen(new Event.TimerFired(fmri("A"), only(Decision.ScheduleTimer.class).timer()));
    assertThat(run().kind()).isEqualTo(MethodKind.STOP);
  }

  @Test
  void aStopMethodThatHadDoneItsWorkIsNotRunAgain() {
    load(with(service("A"), MethodKind.STOP, "/stop", 60));
    Decision.RunMethod start = run();
    exited(start, 0);
    happen(new Event.EnableRequested(fmri("A"), false, false, ""));
    Decision.RunMethod stop = run();
    crash(Duration.ZERO);
    happen(
        new Event.MethodExited(
            fmri("A"), stop.run(), new MethodOutcome.Unknown(), OptionalInt.empty()));
    long timer = only(Decision.ScheduleTimer.class).timer();
    emptied(start.contract());
    happen(new Event.TimerFired(fmri("A"), timer));
    assertThat(status().runtime().state()).isEqualTo(InstanceState.DISABLED);
  }

  @Test
  void aStopThatTookTooLongStillEndsInMaintenance() {
    load(service("A"));
    Decision.RunMethod start = run();
    exited(start, 0);
    happen(new Event.RestartRequested(fmri("A"), false));
    happen(new Event.TimerFired(fmri("A"), only(Decision.ScheduleTimer.class).timer()));
    only(Decision.KillContract.class);
    crash(Duration.ZERO);
    only(Decision.KillContract.class);
    emptied(start.contract());
    assertThat(status().runtime().state()).isEqualTo(InstanceState.MAINTENANCE);
    assertThat(status().runtime().detail()).contains("did not stop in time");
  }

  @Test
  void aRefreshOfAServiceThatIsItsProcessIsNotTakenForTheService() {
    load(with(service("A", child()), MethodKind.REFRESH, "/refresh", 60));
    Decision.RunMethod start = run();
    happen(new Event.MethodStarted(fmri("A"), start.run(), 100));
    happen(new Event.RefreshRequested(fmri("A"), status().definition()));
    Decision.RunMethod refresh = run();
    crash(Duration.ofSeconds(1));
    assertThat(delay(TimerKind.METHOD_TIMEOUT)).isEqualTo(Duration.ofSeconds(59));
    exited(refresh, 0);
    assertThat(status().runtime().state()).isEqualTo(InstanceState.ONLINE);
    assertThat(status().runtime().next()).isNull();
    exited(start, 1);
    assertThat(decisions.toString()).contains("Stopping because");
  }

  @Test
  void aServiceWhoseProcessMayNeverHaveBeenMadeIsNotOnline() {
    load(service("A", child()));
    Decision.RunMethod start = run();
    crash(Duration.ZERO);
    assertThat(status().runtime().state()).isEqualTo(InstanceState.OFFLINE);
    happen(new Event.MethodStarted(fmri("A"), start.run(), 77));
    assertThat(status().runtime().state()).isEqualTo(InstanceState.ONLINE);
    assertThat(status().runtime().startPid()).isEqualTo(OptionalLong.of(77));
  }

  @Test
  void aClearThatWasUnderWayGoesOn() {
    load(service("A"));
    Decision.RunMethod start = run();
    exited(start, 0);
    happen(
        new Event.MarkRequested(
            fmri("A"), InstanceState.MAINTENANCE, true, false, Optional.empty(), true));
    happen(new Event.ClearRequested(fmri("A")));
    only(Decision.KillContract.class);
    crash(Duration.ZERO);
    only(Decision.KillContract.class);
    emptied(start.contract());
    assertThat(run().kind()).isEqualTo(MethodKind.START);
  }

  @Test
  void aDegradedServiceStillKnowsTheWayBack() {
    load(with(service("A"), MethodKind.REFRESH, "/refresh", 60));
    exited(run(), 0);
    happen(new Event.RefreshRequested(fmri("A"), status().definition()));
    exited(run(), 95);
    assertThat(status().runtime().state()).isEqualTo(InstanceState.DEGRADED);
    crash(Duration.ZERO);
    happen(new Event.ClearRequested(fmri("A")));
    assertThat(status().runtime().state()).isEqualTo(InstanceState.ONLINE);
    assertThat(decisions).noneMatch(Decision.RunMethod.class::isInstance);
  }
}
