package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Starts and what follows from them: the cases S of `smf.md` 12, with real processes.
class StartConformanceTest extends MethodConformanceFixture {

  @Test
  void s1AnEnabledServiceComesOnlineAndItsLogTellsHow() {
    online("s1");
    machine.awaitLog("s1", "exited with status 0. ]");
    assertThat(machine.log("s1"))
        .containsSubsequence(
            "Enabled. ]",
            "Executing start method (\"sleep 10000 &\"). ]",
            "Method \"start\" exited with status 0. ]");
  }

  @Test
  void s6ANullStartMethodIsOnlineAtOnceAndNeedsNoStop() {
    online("s6");
    assertThat(machine.processes("s6")).isEmpty();
    machine.awaitLog("s6", "Executing start method (null).");
    machine.ok("svcadm disable -s t/s6");
    assertThat(machine.log("s6")).doesNotContain("Executing stop method");
  }

  @Test
  void s7AServiceWithoutStartMethodIsOnline() {
    online("s7");
    machine.awaitLog("s7", "Method property group 'start' is not present.");
  }

  @Test
  void s8AServiceWithoutDaemonIsNotWatched() throws Exception {
    online("s8");
    assertThat(machine.ok("svcs -H -o ctid t/s8").strip()).isEqualTo("-");
    assertThat(machine.state("s8")).isEqualTo("online");
    machine.ok("svcadm disable -s t/s8");
  }

  @ParameterizedTest
  @CsvSource({
    "exit95, Start method exited with $SMF_EXIT_ERR_FATAL.",
    "exit96, Start method exited with $SMF_EXIT_ERR_CONFIG.",
    "exit99, Start method exited with status 99.",
    "exit100, Start method exited with status 100."
  })
  void s9s10s12AFatalExitStatusIsMaintenanceAfterOneAttempt(String name, String reason) {
    maintenance(name);
    assertThat(machine.logged(name, "Executing start method")).isEqualTo(1);
    assertThat(why(name)).contains("Reason: " + reason);
  }

  @Test
  void s11ExitStatus97IsDegraded() {
    machine.run("svcadm enable t/exit97");
    machine.await("exit97", "degraded");
    assertThat(machine.processes("exit97")).isNotEmpty();
    machine.ok("svcadm disable -s t/exit97");
  }

  @Test
  void s13ExitStatus101DisablesTemporarily() {
    machine.run("svcadm enable t/exit101");
    machine.await("exit101", "disabled");
    machine.awaitLog("exit101", "Method \"start\" exited with status 101.");
    assertThat(why("exit101")).contains("Reason: Temporarily disabled by an administrator.");
    assertThat(machine.ok("svcs -l t/exit101")).contains("false (temporary)");
  }

  @Test
  void s14ThreeFailuresAreMaintenance() {
    maintenance("s14");
    assertThat(machine.logged("s14", "Executing start method")).isEqualTo(3);
    assertThat(why("s14"))
        .contains("Reason: Start method failed repeatedly, last exited with status 1.");
  }

  @Test
  void s15ASuccessForgetsTheFailures() {
    online("s15");
    assertThat(machine.logged("s15", "Executing start method")).isEqualTo(3);
  }

  @Test
  void s16ASignalIsAFailureWithItsName() {
    maintenance("s16");
    machine.awaitLog("s16", "Method \"start\" failed due to signal TERM.");
    assertThat(why("s16")).contains("last died on").contains("(15).");
  }

  @Test
  void s17ATimeoutKillsTheWholeContractAndIsTriedAgain() {
    maintenance("s17");
    assertThat(machine.logged("s17", "Method or service exit timed out.  Killing contract"))
        .isEqualTo(3);
    assertThat(machine.processes("s17")).isEmpty();
  }

  @Test
  void s18WithoutTimeoutRetryOneTimeoutIsEnough() {
    maintenance("s18");
    assertThat(machine.logged("s18", "Executing start method")).isEqualTo(1);
  }

  @Test
  void s20AServiceThatLeavesNothingRestartsTooQuicklyAndClearForgets() {
    maintenance("s20");
    machine.awaitLog("s20", "Stopping because all processes in service exited.");
    machine.awaitLog("s20", "Restarting too quickly, changing state to maintenance.");
    assertThat(why("s20")).contains("Reason: Restarting too quickly.");
    int before = machine.logged("s20", "Executing start method");
    assertThat(before).isEqualTo(11);
    machine.ok("svcadm clear t/s20");
    machine.await(
        () -> machine.logged("s20", "Restarting too quickly") == 2, () -> machine.log("s20"));
    assertThat(machine.logged("s20", "Executing start method")).isEqualTo(22);
  }

  @Test
  void s21ClearResetsTheFailureCount() throws IOException {
    maintenance("s21");
    assertThat(machine.logged("s21", "Executing start method")).isEqualTo(3);
    machine.ok("svcadm clear t/s21");
    machine.await(
        () -> machine.logged("s21", "exited with status 1") == 6, () -> machine.log("s21"));
    machine.await("s21", "maintenance");
    Files.createFile(directory.resolve("s21"));
    machine.ok("svcadm clear t/s21");
    machine.await("s21", "online");
    machine.awaitLog("s21", "Leaving maintenance because clear requested.");
  }

  @Test
  void s24s25EnableKeepsAndDisableLeavesMaintenance() {
    maintenance("s24");
    machine.ok("svcadm enable t/s24");
    assertThat(machine.state("s24")).isEqualTo("maintenance");
    machine.ok("svcadm disable -s t/s24");
    machine.awaitLog("s24", "Leaving maintenance because disable requested.");
  }

  @Test
  void s27ClearOfAnOnlineInstanceIsRefused() {
    online("s27");
    Shell.Result result = machine.run("svcadm clear t/s27");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("Instance \"svc:/t/s27:default\" is not in a maintenance or degraded state.");
  }

  @Test
  void s28ClearOfADegradedInstanceEndsOnline() {
    online("s28");
    machine.ok("svcadm mark degraded t/s28");
    machine.await("s28", "degraded");
    machine.ok("svcadm clear t/s28");
    machine.await("s28", "online");
  }

  @Test
  void s29DegradedNeedsAnOnlineInstance() {
    Shell.Result result = machine.run("svcadm mark degraded t/s29");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("Instance \"svc:/t/s29:default\" is not online.");
  }

  @Test
  void s30ARestartEndsAHangingStart() {
    machine.run("svcadm enable t/s30");
    machine.awaitLog("s30", "Executing start method");
    machine.ok("svcadm restart t/s30");
    machine.await(
        () -> machine.logged("s30", "Executing start method") == 2, () -> machine.log("s30"));
    machine.ok("svcadm disable -s t/s30");
    assertThat(machine.processes("s30")).isEmpty();
  }
}
