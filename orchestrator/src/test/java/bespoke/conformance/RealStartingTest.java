package bespoke.conformance;

import static bespoke.model.InstanceState.DEGRADED;
import static bespoke.model.InstanceState.DISABLED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static bespoke.model.InstanceState.UNINITIALIZED;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodKind;
import bespoke.os.Processes;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// States and starting, with real processes: cases S1 to S28 of smf.md 12.1, as DESIGN 3 changes
/// them.
class RealStartingTest {

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

  /// An enabled service whose attempts follow each other at once.
  private static String service(String name, String start, String more) {
    return """
    service: t/%s
    enabled: true
    methods:
      start: {exec: '%s', timeout_seconds: 30}
      stop: {exec: ":kill", timeout_seconds: 30}
    %s
    """
        .formatted(name, start.replace("'", "''"), more);
  }

  private static final String AT_ONCE = "startd: {retry_delay: 0.01}";

  private static final String DAEMON = "sleep 1000 & exit 0";

  @Test
  void s1AServiceComesOnline() {
    machine.load(service("a", DAEMON, ""));
    machine.await("a", ONLINE);
    assertThat(machine.states("a")).containsExactly(OFFLINE, ONLINE);
    assertThat(machine.transitions("a").get(1).next()).isEqualTo(ONLINE);
    assertThat(machine.log("a"))
        .containsExactly(
            "Enabled.",
            "Executing start method (\"" + DAEMON + "\").",
            "Method \"start\" exited with status 0.");
    assertThat(machine.processes("a")).hasSize(1);
  }

  @Test
  void s2AServiceThatIsNotEnabledIsDisabled() {
    machine.load(service("a", DAEMON, "").replace("enabled: true", "enabled: false"));
    InstanceStatus status = machine.await("a", DISABLED);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.PER_CONFIGURATION);
    assertThat(machine.executions("a", MethodKind.START)).isZero();
  }

  @Test
  void s4ADependentWaitsUntilItsDependencyIsOnline() {
    machine.load(
        service("b", "sleep 0.3; " + DAEMON, "")
            + "---\n"
            + service("a", DAEMON, "requires: [t/b]"));
    machine.await("a", ONLINE);
    assertThat(machine.log("b")).contains("Method \"start\" exited with status 0.");
    List<Decision.RunMethod> runs = machine.decisions(Decision.RunMethod.class);
    assertThat(runs).extracting(run -> run.instance().service()).containsExactly("t/b", "t/a");
    assertThat(machine.await("a", ONLINE).runtime().sinceEpochMillis())
        .isGreaterThanOrEqualTo(machine.await("b", ONLINE).runtime().sinceEpochMillis());
  }

  @Test
  void s5ADiamondStartsFromTheBottomAndItsSidesAtTheSameTime() {
    // each side waits until the other runs, too
    String side = "mkdir %s; while ! [ -d %s ]; do sleep 0.01; done; " + DAEMON;
    Path b = machine.path("b");
    Path c = machine.path("c");
    machine.load(
        service("a", DAEMON, "requires: [t/b, t/c]")
            + "---\n"
            + service("b", side.formatted(b, c), "requires: [t/d]")
            + "---\n"
            + service("c", side.formatted(c, b), "requires: [t/d]")
            + "---\n"
            + service("d", DAEMON, ""));
    machine.await("a", ONLINE);
    List<String> order =
        machine.decisions(Decision.RunMethod.class).stream()
            .map(run -> run.instance().service())
            .toList();
    assertThat(order.getFirst()).isEqualTo("t/d");
    assertThat(order.getLast()).isEqualTo("t/a");
  }

  @Test
  void s6AStartMethodThatIsNothingHasNoContract() {
    machine.load(service("a", ":true", ""));
    machine.await("a", ONLINE);
    machine.awaitLog("a", "Executing start method (null).");
    assertThat(machine.processes("a")).isEmpty();
    machine.enable("a", false);
    machine.await("a", DISABLED);
    machine.awaitLog("a", "Stopping because service disabled.");
    assertThat(machine.log("a")).noneMatch(line -> line.startsWith("Executing stop"));
  }

  @Test
  void s7AServiceWithoutAStartMethodIsOnline() {
    machine.load("service: t/a\nenabled: true\nstartd: {duration: transient}\n");
    machine.await("a", ONLINE);
    machine.awaitLog("a", "Method property group 'start' is not present.");
  }

  @Test
  void s8Status94MeansThatThereIsNothingToWatch() throws IOException {
    Path file = machine.path("pid");
    machine.load(service("a", "sleep 1000 & echo $! > " + file + "; exit 94", ""));
    InstanceStatus status = machine.await("a", ONLINE);
    assertThat(status.runtime().contract()).isEmpty();
    long pid = Long.parseLong(Files.readString(file).strip());
    assertThat(Processes.stat(pid).orElseThrow().isEnded()).isFalse();
    Signals.send(pid, Signals.KILL);
    machine.enable("a", false);
    machine.await("a", DISABLED);
    assertThat(machine.states("a")).containsExactly(OFFLINE, ONLINE, DISABLED);
  }

  @ParameterizedTest
  @ValueSource(ints = {95, 96, 99, 100})
  void s9AFatalStatusLeadsToMaintenanceAtOnce(int status) {
    machine.load(service("a", "exit " + status, AT_ONCE));
    InstanceStatus after = machine.await("a", MAINTENANCE);
    assertThat(after.runtime().auxiliary()).isEqualTo(AuxiliaryState.METHOD_FAILED);
    assertThat(after.runtime().startWaitStatus()).hasValue(status << 8);
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(1);
  }

  @Test
  void s11Status97MeansDegradedAndDependentsStart() {
    machine.load(
        service("b", "sleep 1000 & exit 97", "")
            + "---\n"
            + service("a", DAEMON, "requires: [t/b]"));
    machine.await("a", ONLINE);
    assertThat(machine.await("b", DEGRADED).runtime().auxiliary())
        .isEqualTo(AuxiliaryState.METHOD_FAILED);
    assertThat(machine.processes("b")).hasSize(1);
  }

  @Test
  void s13Status101DisablesUntilTheNextBoot() {
    machine.load(service("a", "exit 101", ""));
    InstanceStatus status = machine.await("a", DISABLED);
    assertThat(status.enabled().permanent()).contains(true);
    assertThat(status.enabled().override()).contains(false);
  }

  @Test
  void s14ThreeFailuresLeadToMaintenance() {
    machine.load(service("a", "exit 1", AT_ONCE));
    InstanceStatus status = machine.await("a", MAINTENANCE);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.FAULT_THRESHOLD_REACHED);
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(3);
  }

  @Test
  void s15SuccessForgetsTheFailures() throws IOException {
    Path count = machine.path("count");
    Files.writeString(count, "");
    machine.load(
        service(
            "a",
            "echo x >> %1$s; [ $(wc -l < %1$s) -gt 2 ] || exit 1; %2$s".formatted(count, DAEMON),
            AT_ONCE));
    InstanceStatus status = machine.await("a", ONLINE);
    assertThat(status.runtime().failures()).isZero();
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(3);
  }

  @Test
  void s16DeathBySignalIsAFailure() {
    machine.load(service("a", "kill -TERM $$", AT_ONCE));
    InstanceStatus status = machine.await("a", MAINTENANCE);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.FAULT_THRESHOLD_REACHED);
    assertThat(status.runtime().startWaitStatus()).hasValue(15);
    assertThat(machine.log("a")).contains("Method \"start\" failed due to signal TERM.");
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(3);
  }

  @Test
  void s17AMethodThatTakesTooLongIsKilledWithAllItsChildren() {
    machine.load(
        service("a", "sleep 1000 & sleep 1000", AT_ONCE)
            .replace("timeout_seconds: 30}\n  stop", "timeout_seconds: 0.2}\n  stop"));
    InstanceStatus status = machine.await("a", MAINTENANCE);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.FAULT_THRESHOLD_REACHED);
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(3);
    assertThat(machine.log("a"))
        .filteredOn(line -> line.startsWith("Method or service exit timed out.  Killing contract"))
        .hasSize(3);
    assertThat(machine.processes("a")).isEmpty();
  }

  @Test
  void s18WithoutTimeoutRetryOneTimeoutIsEnough() {
    machine.load(
        service("a", "sleep 1000", "startd: {timeout_retry: false}")
            .replace("timeout_seconds: 30}\n  stop", "timeout_seconds: 0.2}\n  stop"));
    InstanceStatus status = machine.await("a", MAINTENANCE);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.METHOD_FAILED);
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(1);
  }

  @Test
  void s20AStartMethodThatLeavesNothingIsRestartedUntilItIsTooOften() {
    machine.load(
        service(
            "a",
            "exit 0",
            "startd: {critical_failure_count: 3, critical_failure_period: 600, retry_delay:"
                + " 0.01}"));
    InstanceStatus status = machine.await("a", MAINTENANCE);
    assertThat(status.runtime().auxiliary()).isEqualTo(AuxiliaryState.RESTARTING_TOO_QUICKLY);
    machine.awaitLog("a", "Stopping because all processes in service exited.");
    machine.awaitLog("a", "Restarting too quickly, changing state to maintenance.");
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(4);
  }

  @Test
  void s21And26ClearForgetsTheFailuresAndStartsAgain() throws IOException {
    Path good = machine.path("good");
    machine.load(service("a", "[ -e " + good + " ] || exit 1; " + DAEMON, AT_ONCE));
    machine.await("a", MAINTENANCE);
    machine.clear("a");
    machine.awaitTimes("a", MAINTENANCE, 2);
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(6);
    Files.writeString(good, "");
    machine.clear("a");
    machine.await("a", ONLINE);
    assertThat(machine.log("a")).contains("Leaving maintenance because clear requested.");
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(7);
  }

  @Test
  void s24EnablingDoesNotLeaveMaintenance() {
    machine.load(service("a", "exit 95", ""));
    machine.await("a", MAINTENANCE);
    machine.enable("a", true);
    machine.load(service("b", DAEMON, ""));
    machine.await("b", ONLINE);
    assertThat(machine.states("a")).containsExactly(OFFLINE, MAINTENANCE);
  }

  @Test
  void s25DisablingLeavesMaintenance() {
    machine.load(service("a", "exit 95", ""));
    machine.await("a", MAINTENANCE);
    machine.enable("a", false);
    machine.await("a", DISABLED);
    assertThat(machine.states("a")).containsExactly(OFFLINE, MAINTENANCE, UNINITIALIZED, DISABLED);
    machine.awaitLog("a", "Leaving maintenance because disable requested.");
  }

  @Test
  void s28ADegradedServiceThatIsClearedIsStartedAgain() {
    machine.load(service("a", DAEMON, ""));
    machine.await("a", ONLINE);
    machine.happen(
        new Event.MarkRequested(
            RealMachine.fmri("a"), DEGRADED, false, false, Optional.empty(), true));
    machine.await("a", DEGRADED);
    machine.clear("a");
    machine.await("a", ONLINE);
  }

  @Test
  void s30DisablingEndsAStartMethodThatHangs() {
    machine.load(service("a", "sleep 1000", ""));
    machine.awaitLog("a", "Executing start method (\"sleep 1000\").");
    machine.enable("a", false);
    machine.await("a", DISABLED);
    assertThat(machine.states("a")).containsExactly(OFFLINE, DISABLED);
    assertThat(machine.processes("a")).isEmpty();
  }
}
