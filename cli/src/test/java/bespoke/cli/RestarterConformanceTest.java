package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Stops, refreshes and deaths: the cases R of `smf.md` 12, with real processes.
class RestarterConformanceTest extends MethodConformanceFixture {

  @Test
  void r1AKillFromOutsideRestartsTheService() throws Exception {
    online("r1");
    long old = machine.processes("r1").getFirst();
    machine.kill(old, "KILL");
    machine.awaitLog(
        "r1", "Stopping because process received fatal signal from outside the service.");
    machine.await(
        () ->
            machine.state("r1").equals("online")
                && machine.processes("r1").size() == 1
                && machine.processes("r1").getFirst() != old,
        () -> machine.log("r1"));
  }

  @Test
  void r2OneOfTwoKilledRestartsBoth() throws Exception {
    online("r2");
    List<Long> old = machine.processes("r2");
    assertThat(old).hasSize(2);
    machine.kill(old.getFirst(), "KILL");
    machine.await(
        () ->
            machine.processes("r2").size() == 2
                && machine.processes("r2").stream().noneMatch(old::contains),
        () -> machine.log("r2"));
  }

  @Test
  void r3AnIgnoredSignalLeavesTheOtherProcess() throws Exception {
    online("r3");
    List<Long> old = machine.processes("r3");
    machine.kill(old.getFirst(), "KILL");
    machine.await(() -> machine.processes("r3").size() == 1, () -> machine.log("r3"));
    assertThat(machine.processes("r3")).containsExactly(old.getLast());
    assertThat(machine.state("r3")).isEqualTo("online");
  }

  @Test
  void r4AnExitOfOneOfTwoIsNoEvent() {
    online("r4");
    machine.await(() -> machine.processes("r4").size() == 1, () -> machine.log("r4"));
    assertThat(machine.state("r4")).isEqualTo("online");
  }

  @Test
  void r6TheLastExitIsAnEvent() {
    machine.run("svcadm enable t/r6");
    machine.awaitLog("r6", "Stopping because all processes in service exited.");
    machine.ok("svcadm disable -s t/r6");
  }

  @Test
  void r8ATransientServiceIsNotWatched() throws Exception {
    online("r8");
    for (long pid : machine.processes("r8")) {
      machine.kill(pid, "KILL");
    }
    machine.await(() -> machine.processes("r8").isEmpty(), () -> "still there");
    assertThat(machine.state("r8")).isEqualTo("online");
  }

  @Test
  void r9AMissingStopMethodMeansKill() {
    online("r9");
    long pid = machine.processes("r9").getFirst();
    machine.ok("svcadm disable -s t/r9");
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void r10AStopThatTimesOutKillsAndIsMaintenance() {
    online("r10");
    machine.run("svcadm disable t/r10");
    machine.await("r10", "maintenance");
    machine.awaitLog("r10", "Method or service exit timed out.");
    assertThat(machine.processes("r10")).isEmpty();
  }

  @Test
  void r10WithOnTimeoutKillTheKillCountsAsStopped() {
    online("r10kill");
    machine.ok("svcadm disable -s t/r10kill");
    assertThat(machine.state("r10kill")).isEqualTo("disabled");
  }

  @Test
  void r11AFailingStopMethodLeavesTheProcessesUntilItIsCleared() {
    online("r11");
    long pid = machine.processes("r11").getFirst();
    machine.run("svcadm restart t/r11");
    machine.await("r11", "maintenance");
    assertThat(machine.logged("r11", "Executing stop method")).isEqualTo(3);
    assertThat(machine.processes("r11")).containsExactly(pid);
    machine.ok("svcadm clear t/r11");
    machine.await("r11", "online");
    assertThat(machine.processes("r11")).hasSize(1).doesNotContain(pid);
  }

  @Test
  void r12KillTakesASignal() {
    online("r12");
    machine.ok("svcadm disable -s t/r12");
    assertThat(directory.resolve("r12")).exists();
    machine.awaitLog("r12", "Executing stop method (:kill).");
  }

  @Test
  void r13KillCannotStopATransientService() {
    online("r13");
    machine.run("svcadm disable t/r13");
    machine.await("r13", "maintenance");
    machine.awaitLog("r13", "Invalid use of \":kill\"");
  }

  @Test
  void r14RestartIsStopAndStart() {
    online("r14");
    long old = machine.processes("r14").getFirst();
    machine.ok("svcadm restart t/r14");
    machine.await(
        () ->
            machine.state("r14").equals("online")
                && machine.processes("r14").size() == 1
                && machine.processes("r14").getFirst() != old,
        () -> machine.log("r14"));
    machine.awaitLog("r14", "Stopping because service restarting.");
  }

  @Test
  void r16RestartOfADisabledInstanceDoesNothing() {
    machine.ok("svcadm restart t/r16");
    machine.ok("svcadm refresh t/r16");
    assertThat(machine.state("r16")).isEqualTo("disabled");
  }

  @Test
  void r17DisableEndsARunningStart() {
    machine.run("svcadm enable t/r17");
    machine.await("r17", "offline*");
    machine.ok("svcadm disable -s t/r17");
    machine.awaitLog("r17", "Stopping because service disabled.");
    assertThat(machine.processes("r17")).isEmpty();
  }

  @Test
  void r18RefreshWithoutMethodKeepsTheProcesses() {
    online("r18");
    List<Long> old = machine.processes("r18");
    machine.ok("svcadm refresh t/r18");
    machine.awaitLog("r18", "No 'refresh' method defined.  Treating as :true.");
    machine.awaitLog("r18", "Rereading configuration.");
    assertThat(machine.processes("r18")).isEqualTo(old);
  }

  @Test
  void r19AFailingRefreshDegradesAndTheNextGoodOneRecovers() throws IOException {
    online("r19");
    List<Long> old = machine.processes("r19");
    machine.ok("svcadm refresh t/r19");
    machine.await("r19", "degraded");
    assertThat(machine.processes("r19")).isEqualTo(old);
    Files.createFile(directory.resolve("r19"));
    machine.ok("svcadm refresh t/r19");
    machine.await("r19", "online");
    assertThat(machine.processes("r19")).isEqualTo(old);
  }

  @Test
  void r20AChildThatExitsCleanlyIsStartedAgainWithoutStopMethod() {
    machine.run("svcadm enable t/r20");
    machine.await(
        () -> machine.logged("r20", "Executing start method") >= 4, () -> machine.log("r20"));
    machine.ok("svcadm disable t/r20");
    machine.await("r20", "disabled");
    assertThat(machine.log("r20")).doesNotContain("maintenance");
  }

  @Test
  void r21AChildThatFailsInALoopIsThrottledAndNeverInMaintenance() {
    machine.run("svcadm enable t/r21");
    machine.awaitLog("r21", "Failing too quickly, throttling.");
    assertThat(machine.state("r21")).isNotEqualTo("maintenance");
    machine.ok("svcadm disable -s t/r21");
  }

  @Test
  void r22AChildWithAConfigurationErrorIsInMaintenance() {
    maintenance("r22");
    machine.awaitLog("r22", "Stopping because service exited with a configuration error.");
  }

  @Test
  void r23AChildKilledByASignalExitedWithAnError() throws Exception {
    online("r23");
    machine.kill(machine.processes("r23").getFirst(), "KILL");
    machine.awaitLog("r23", "Stopping because service exited with an error.");
    machine.await("r23", "online");
  }

  @Test
  void r24AChildWhoseProgramIsMissingSaysSo() {
    maintenance("r24");
    machine.awaitLog(
        "r24", "Missing start method (/no/such/program), changing state to maintenance.");
  }

  @Test
  void r26MarkMaintenanceStopsTheService() {
    online("r26");
    machine.ok("svcadm mark maintenance t/r26");
    machine.await("r26", "maintenance");
    assertThat(machine.processes("r26")).isEmpty();
    assertThat(why("r26")).contains("Reason: Maintenance requested by");
  }

  @Test
  void r28MoreFailuresThanAllowedAreMaintenance() throws Exception {
    online("r28");
    for (int i = 0; i < 3; i++) {
      long old = machine.processes("r28").getFirst();
      machine.kill(old, "KILL");
      machine.await(
          () ->
              machine.state("r28").equals("online")
                  && machine.processes("r28").stream().anyMatch(it -> it != old),
          () -> machine.log("r28"));
    }
    machine.kill(machine.processes("r28").getFirst(), "KILL");
    machine.await("r28", "maintenance");
    assertThat(why("r28")).contains("Restarting too quickly.");
  }

  @Test
  void aDoubleForkingDaemonStaysInItsContractAndStoppingLeavesNothing() {
    online("forks");
    machine.await(() -> machine.processes("forks").size() == 2, () -> machine.log("forks"));
    List<Long> pids = machine.processes("forks");
    machine.ok("svcadm disable -s t/forks");
    assertThat(pids)
        .noneMatch(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }
}
