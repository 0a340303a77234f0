package bespoke.conformance;

import static bespoke.model.InstanceState.DEGRADED;
import static bespoke.model.InstanceState.MAINTENANCE;
import static bespoke.model.InstanceState.OFFLINE;
import static bespoke.model.InstanceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.model.AuxiliaryState;
import bespoke.model.MethodKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What bespoke adds to SMF (DESIGN 3), with real processes: readiness, the monitor method, files
/// that services depend on.
class RealReadinessTest {

  private static final String SAY =
      "perl -MSocket -e \"socket(S,AF_UNIX,SOCK_DGRAM,0);"
          + " send(S,shift,0,sockaddr_un(\\$ENV{NOTIFY_SOCKET}))\" ";

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

  private static void assumePerl() {
    assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "perl sends the datagrams");
  }

  private static String service(String start, String more) {
    return """
    service: t/a
    enabled: true
    methods:
      start: {exec: '%s', timeout_seconds: 30}
      stop: {exec: ":kill", timeout_seconds: 30}
    %s
    """
        .formatted(start, more);
  }

  @Test
  void aServiceIsOnlineWhenItSaysSo() throws IOException {
    assumePerl();
    Path go = machine.path("go");
    machine.load(
        service(
            "echo up; while ! [ -e "
                + go
                + " ]; do sleep 0.01; done; "
                + SAY
                + "READY=1; exec sleep 1000",
            "startd: {duration: child}\nreadiness: {notify: sd_notify, timeout_seconds: 30}"));
    RealMachine.until(() -> machine.output("a").contains("up"));
    assertThat(machine.states("a")).containsExactly(OFFLINE);
    Files.writeString(go, "");
    machine.await("a", ONLINE);
  }

  @Test
  void aServiceThatIsNeverReadyFails() {
    machine.load(
        service(
            "sleep 1000",
            "startd: {duration: child, retry_delay: 0.01}\n"
                + "readiness: {notify: \"fd:3\", timeout_seconds: 0.1}"));
    machine.await("a", MAINTENANCE);
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(3);
    assertThat(machine.processes("a")).isEmpty();
  }

  @Test
  void aNewlineOnTheDescriptorBringsItOnline() {
    machine.load(
        service(
            "echo >&3; exec sleep 1000",
            "startd: {duration: child}\nreadiness: {notify: \"fd:3\", timeout_seconds: 30}"));
    machine.await("a", ONLINE);
  }

  @Test
  void aReadinessProbeIsAskedUntilItIsWell() throws IOException {
    Path ready = machine.path("ready");
    machine.load(
        service(
            "sleep 1000 & exit 0",
            "readiness: {exec: \"echo asked >&2; test -e "
                + ready
                + "\", interval_seconds: 0.02, timeout_seconds: 30}"));
    RealMachine.until(() -> machine.output("a").size() >= 2);
    assertThat(machine.states("a")).containsExactly(OFFLINE);
    Files.writeString(ready, "");
    machine.await("a", ONLINE);
  }

  @Test
  void aMonitorDegradesAndBringsBack() throws IOException {
    Path ill = machine.path("ill");
    machine.load(
        service("sleep 1000 & exit 0", "")
            .replace(
                "  stop:",
                "  monitor: {exec: \"test ! -e "
                    + ill
                    + "\", interval_seconds: 0.02, timeout_seconds: 30, failures: 2}\n  stop:"));
    machine.await("a", ONLINE);
    Files.writeString(ill, "");
    assertThat(machine.await("a", DEGRADED).runtime().auxiliary())
        .isEqualTo(AuxiliaryState.MONITOR_FAILED);
    Files.delete(ill);
    machine.await("a", ONLINE);
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(1);
  }

  @Test
  void aMonitorMayRestart() throws IOException {
    Path ill = machine.path("ill");
    machine.load(
        service("rm -f " + ill + "; sleep 1000 & exit 0", "")
            .replace(
                "  stop:",
                "  monitor: {exec: \"test ! -e "
                    + ill
                    + "\", interval_seconds: 0.02, timeout_seconds: 30, failures: 1,"
                    + " on_failure: restart}\n  stop:"));
    machine.await("a", ONLINE);
    Files.writeString(ill, "");
    machine.awaitTimes("a", ONLINE, 2);
    assertThat(machine.executions("a", MethodKind.START)).isEqualTo(2);
  }

  @Test
  void aServiceThatForgetsItsWatchdogIsRestarted() {
    assumePerl();
    machine.load(
        service(
            SAY + "READY=1; exec sleep 1000",
            "startd: {duration: child}\n"
                + "readiness: {notify: sd_notify, timeout_seconds: 30, watchdog_seconds: 0.3}"));
    machine.awaitTimes("a", ONLINE, 2);
    assertThat(
            machine.transitions("a").stream()
                .anyMatch(it -> it.auxiliary() == AuxiliaryState.WATCHDOG_TIMEOUT))
        .isTrue();
  }

  @Test
  void aFileThatAppearsStartsWhatWaitsForIt() throws IOException {
    Path file = machine.path("etc/web.conf");
    machine.load(
        service(
            "sleep 1000 & exit 0",
            "dependencies:\n  file: {grouping: require_all, restart_on: none, paths: ["
                + file
                + "]}"));
    machine.await("a", OFFLINE);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    machine.await("a", ONLINE);
  }

  @Test
  void aFileThatChangesRefreshes() throws IOException {
    Path file = machine.path("web.conf");
    Files.writeString(file, "x");
    machine.load(
        service(
                "sleep 1000 & exit 0",
                "dependencies:\n  file: {grouping: require_all, restart_on: refresh, paths: ["
                    + file
                    + "]}")
            .replace("  stop:", "  refresh: {exec: echo refreshed, timeout_seconds: 30}\n  stop:"));
    machine.await("a", ONLINE);
    Files.writeString(file, "xy");
    RealMachine.until(() -> machine.output("a").contains("refreshed"));
  }
}
