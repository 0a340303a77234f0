package bespoke.conformance;

import static bespoke.model.InstanceState.DEGRADED;
import static bespoke.model.InstanceState.DISABLED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodKind;
import bespoke.os.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Running and stopping, with real processes: cases R1 to R28 of smf.md 12.2, as DESIGN 3 changes
/// them.
class RealRunningTest {

  private static final String DAEMON = "sleep 1000 & exit 0";
  private static final String TWO = "sleep 1000 & sleep 1000 & exit 0";

  @TempDir Path directory;

  private RealMachine machine;

  @BeforeEach
  void open() {
    machine = new RealMachine(directory);
  }

  @AfterEach
  void close() {
    machine.close();
  }

  private static String service(String start, String stop, String more) {
    return """
    service: t/a
    enabled: true
    methods:
      start: {exec: '%s', timeout_seconds: 30}
      stop: {exec: '%s', timeout_seconds: 30}
    %s
    """
        .formatted(start.replace("'", "''"), stop.replace("'", "''"), more);
  }

  private List<Long> online(String yaml, int processes) {
    machine.load(yaml);
    machine.await("a", ONLINE);
    RealMachine.until(() -> machine.processes("a").size() == processes);
    return machine.processes("a");
  }

  private void isRestarted() {
    machine.awaitTimes("a", ONLINE, 2);
    assertThat(machine.states("a")).containsExactly(OFFLINE, ONLINE, OFFLINE, ONLINE);
  }

  private AuxiliaryState reasonOfTheStop() {
    return machine.transitions("a").stream()
        .filter(it -> it.from() == ONLINE && it.to() == OFFLINE)
        .findFirst()
        .orElseThrow()
        .auxiliary();
  }

  @Test
  void r1AServiceWhoseOnlyProcessIsKilledIsRestarted() {
    List<Long> pids = online(service(DAEMON, ":kill", ""), 1);
    Signals.send(pids.getFirst(), Signals.KILL);
    isRestarted();
    machine.awaitLog(
        "a", "Stopping because process received fatal signal from outside the service.");
    assertThat(reasonOfTheStop()).isEqualTo(AuxiliaryState.CT_EV_SIGNAL);
  }

  @Test
  void r2TheDeathOfOneProcessRestartsAll() {
    List<Long> pids = online(service(TWO, ":kill", ""), 2);
    Signals.send(pids.getFirst(), Signals.KILL);
    isRestarted();
    RealMachine.until(() -> machine.processes("a").size() == 2);
    assertThat(machine.processes("a")).doesNotContainAnyElementsOf(pids);
  }

  @Test
  void r3IgnoredSignalsLeaveTheServiceOnline() {
    List<Long> pids = online(service(TWO, ":kill", "startd: {ignore_error: signal}"), 2);
    Signals.send(pids.getFirst(), Signals.KILL);
    RealMachine.until(() -> machine.processes("a").size() == 1);
    machine.refresh("a");
    machine.awaitLog("a", "Rereading configuration.");
    assertThat(machine.states("a")).containsExactly(OFFLINE, ONLINE);
  }

  @Test
  void r4OneProcessThatExitsIsNoEvent() {
    machine.load(service("sleep 0.1 & sleep 1000 & exit 0", ":kill", ""));
    machine.await("a", ONLINE);
    RealMachine.until(() -> machine.processes("a").size() == 1);
    machine.refresh("a");
    machine.awaitLog("a", "Rereading configuration.");
    assertThat(machine.states("a")).containsExactly(OFFLINE, ONLINE);
  }

  @Test
  void r5AProcessThatAbortsIsAFault() {
    List<Long> pids = online(service(TWO, ":kill", ""), 2);
    Signals.send(pids.getFirst(), Signals.ABRT);
    isRestarted();
    assertThat(reasonOfTheStop()).isEqualTo(AuxiliaryState.CT_EV_CORE);
    machine.awaitLog("a", "Stopping because process dumped core.");
  }

  @Test
  void r6TheEndOfTheLastProcessIsAnEvent() throws IOException {
    Path go = machine.path("go");
    machine.load(service("while ! [ -e " + go + " ]; do sleep 0.01; done & exit 0", ":kill", ""));
    machine.await("a", ONLINE);
    Files.writeString(go, "");
    machine.awaitLog("a", "Stopping because all processes in service exited.");
    machine.awaitTimes("a", OFFLINE, 2);
    assertThat(reasonOfTheStop()).isEqualTo(AuxiliaryState.CT_EV_EXIT);
  }

  @Test
  void r8ATransientServiceStaysOnlineWithoutProcesses() {
    machine.load(service("exit 0", ":true", "startd: {duration: transient}"));
    machine.await("a", ONLINE);
    machine.refresh("a");
    machine.awaitLog("a", "Rereading configuration.");
    assertThat(machine.states("a")).containsExactly(OFFLINE, ONLINE);
  }

  @Test
  void r9AMissingStopMethodMeansKill() {
    online(
        "service: t/a\nenabled: true\nmethods: {start: {exec: '"
            + DAEMON
            + "', timeout_seconds: 30}}\n",
        1);
    machine.enable("a", false);
    machine.await("a", DISABLED);
    assertThat(machine.processes("a")).isEmpty();
  }

  @Test
  void r10AStopThatTakesTooLongKillsAndLeadsToMaintenance() {
    String stubborn = "trap \"\" TERM; sleep 1000 & exit 0";
    online(service(stubborn, ":kill", "").replace("30}\n\n", "0.3}\n"), 1);
    machine.enable("a", false);
    InstanceStatus status = machine.await("a", MAINTENANCE);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.METHOD_FAILED);
    assertThat(machine.processes("a")).isEmpty();
    assertThat(machine.log("a"))
        .anyMatch(line -> line.startsWith("Method or service exit timed out.  Killing contract"));
  }

  @Test
  void r10WithOnTimeoutKillItCountsAsStopped() {
    String stubborn = "trap \"\" TERM; sleep 1000 & exit 0";
    online(service(stubborn, ":kill", "").replace("30}\n\n", "0.3, on_timeout: kill}\n"), 1);
    machine.enable("a", false);
    machine.await("a", DISABLED);
    assertThat(machine.processes("a")).isEmpty();
  }

  @Test
  void r11AStopMethodThatFailsThreeTimesLeavesTheProcesses() {
    List<Long> pids = online(service(DAEMON, "exit 1", "startd: {retry_delay: 0.01}"), 1);
    machine.enable("a", false);
    InstanceStatus status = machine.await("a", MAINTENANCE);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.FAULT_THRESHOLD_REACHED);
    assertThat(machine.executions("a", MethodKind.STOP)).isEqualTo(3);
    assertThat(machine.processes("a")).isEqualTo(pids);
    assertThat(status.runtime().contract()).isPresent();
  }

  @Test
  void r12TheSignalOfAStopMethodReachesEveryProcess() throws IOException {
    Path caught = machine.path("caught");
    String one =
        "(trap \"echo x >> "
            + caught
            + "; exit 0\" USR1; echo up; while :; do sleep 0.01; done) & ";
    machine.load(service(one + one + "exit 0", ":kill -USR1", ""));
    machine.await("a", ONLINE);
    RealMachine.until(() -> machine.output("a").size() == 2);
    machine.enable("a", false);
    machine.await("a", DISABLED);
    assertThat(Files.readAllLines(caught)).hasSize(2);
    assertThat(machine.log("a")).contains("Executing stop method (:kill).");
  }

  @Test
  void r13KillingATransientServiceIsAMistake() {
    machine.load(service("exit 0", ":kill", "startd: {duration: transient}"));
    machine.await("a", ONLINE);
    machine.enable("a", false);
    machine.await("a", MAINTENANCE);
    machine.awaitLog("a", "Invalid use of \":kill\" as stop method for transient service.");
  }

  @Test
  void r14RestartStopsAndStarts() {
    List<Long> pids = online(service(DAEMON, ":kill", ""), 1);
    machine.restart("a");
    isRestarted();
    assertThat(reasonOfTheStop()).isEqualTo(AuxiliaryState.RESTART_REQUEST);
    RealMachine.until(() -> machine.processes("a").size() == 1);
    assertThat(machine.processes("a")).isNotEqualTo(pids);
  }

  @Test
  void r15RestartWithADumpAbortsTheProcesses() {
    online(service(DAEMON, ":kill", ""), 1);
    machine.happen(new Event.RestartRequested(RealMachine.fmri("a"), true));
    isRestarted();
    assertThat(machine.decisions(Decision.SignalContract.class))
        .anyMatch(order -> order.signal().equals("ABRT"));
  }

  @Test
  void r16RestartOfADisabledServiceDoesNothing() {
    machine.load(service(DAEMON, ":kill", "").replace("enabled: true", "enabled: false"));
    machine.await("a", DISABLED);
    machine.restart("a");
    machine.refresh("a");
    machine.awaitLog("a", "Rereading configuration.");
    assertThat(machine.states("a")).containsExactly(DISABLED);
  }

  @Test
  void r18RefreshWithoutAMethodIsSaid() {
    List<Long> pids = online(service(DAEMON, ":kill", ""), 1);
    machine.refresh("a");
    machine.awaitLog("a", "No 'refresh' method defined.  Treating as :true.");
    assertThat(machine.log("a")).contains("Rereading configuration.");
    machine.await("a", ONLINE);
    assertThat(machine.processes("a")).isEqualTo(pids);
  }

  @Test
  void r19AFailingRefreshDegradesAndAGoodOneBringsItBack() throws IOException {
    Path good = machine.path("good");
    List<Long> pids =
        online(
            service(DAEMON, ":kill", "startd: {retry_delay: 0.01}")
                .replace(
                    "  stop:",
                    "  refresh: {exec: '[ -e " + good + " ]', timeout_seconds: 30}\n  stop:"),
            1);
    machine.refresh("a");
    assertThat(machine.await("a", DEGRADED).runtime().auxiliary())
        .isEqualTo(AuxiliaryState.METHOD_FAILED);
    assertThat(machine.processes("a")).isEqualTo(pids);
    Files.writeString(good, "");
    machine.refresh("a");
    machine.await("a", ONLINE);
    assertThat(machine.processes("a")).isEqualTo(pids);
  }

  private static String child(String start, String more) {
    return service(start, ":kill", "startd: {duration: child" + more + "}");
  }

  @Test
  void r20AChildThatExitsWellIsStartedAgainAtOnce() {
    machine.load(child("sleep 0.05; exit 0", ""));
    machine.awaitTimes("a", ONLINE, 4);
    assertThat(machine.states("a")).doesNotContain(MAINTENANCE);
  }

  @Test
  void r22AChildThatIsMisconfiguredGoesToMaintenance() {
    machine.load(child("exit 96", ""));
    machine.await("a", MAINTENANCE);
    machine.awaitLog("a", "Stopping because service exited with a configuration error.");
  }

  @Test
  void r23AChildThatIsKilledCountsAsAnError() {
    List<Long> pids = online(child("sleep 1000", ""), 1);
    Signals.send(pids.getFirst(), Signals.KILL);
    isRestarted();
    machine.awaitLog("a", "Stopping because service exited with an error.");
  }

  @Test
  void r24AChildWithoutAProgramGoesToMaintenance() {
    machine.load(child("/no/such/program", ""));
    machine.await("a", MAINTENANCE);
    assertThat(machine.log("a"))
        .contains("Missing start method (/no/such/program), changing state to maintenance.");
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(1);
  }

  @Test
  void aChildIsStoppedWithAllItsProcesses() {
    online(child("sleep 1000 & sleep 1000", ""), 3);
    machine.enable("a", false);
    machine.await("a", DISABLED);
    assertThat(machine.processes("a")).isEmpty();
  }

  @Test
  void r26MarkingRunsTheStopMethod() {
    online(
        service(DAEMON, "echo stopping; kill $(cat /dev/null) 2>/dev/null; exit 0", "")
            .replace("30}\n\n", "0.3, on_timeout: kill}\n"),
        1);
    machine.happen(
        new Event.MarkRequested(
            RealMachine.fmri("a"), MAINTENANCE, false, false, Optional.empty(), true));
    InstanceStatus status = machine.await("a", MAINTENANCE);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.ADMINISTRATIVE_REQUEST);
    assertThat(machine.executions("a", MethodKind.STOP)).isEqualTo(1);
  }

  @Test
  void r21AChildThatFailsTooQuicklyIsThrottledAndNeverGoesToMaintenance() {
    machine.load(child("exit 1", ", critical_failure_count: 2, retry_delay: 0.01"));
    machine.awaitLog("a", "Failing too quickly, throttling.");
    assertThat(machine.log("a")).contains("Stopping because service exited with an error.");
    assertThat(machine.states("a")).doesNotContain(MAINTENANCE);
  }

  @Test
  void r28FailuresInThePeriodCount() {
    List<Long> pids =
        online(
            service(
                DAEMON,
                ":kill",
                "startd: {critical_failure_count: 2, critical_failure_period: 60}"),
            1);
    for (int crash = 1; crash <= 2; crash++) {
      Signals.send(pids.getFirst(), Signals.KILL);
      machine.awaitTimes("a", ONLINE, crash + 1);
      RealMachine.until(() -> machine.processes("a").size() == 1);
      pids = machine.processes("a");
    }
    Signals.send(pids.getFirst(), Signals.KILL);
    assertThat(machine.await("a", MAINTENANCE).runtime().auxiliary())
        .isEqualTo(AuxiliaryState.RESTARTING_TOO_QUICKLY);
  }
}
