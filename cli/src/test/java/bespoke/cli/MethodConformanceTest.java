package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cases of smf.md 12.1 and 12.2 that are about processes, as DESIGN 3 changes them, against a
/// real daemon. All services are disabled at first, so that each test has its own.
class MethodConformanceTest {
  private static @TempDir Path directory;
  private static RealMachine machine;

  @BeforeAll
  static void startMachine() throws IOException {
    Files.writeString(
        directory.resolve("r12.sh"),
        "trap 'echo INT > DIR/r12; exit' INT\n: > DIR/r12.up\nwhile :; do sleep 0.05; done\n"
            .replace("DIR", directory.toString()));
    machine = new RealMachine(directory, yaml());
  }

  @AfterAll
  static void stopMachine() {
    machine.close();
  }

  /// Every service of these tests: name, then its methods in YAML.
  private static String yaml() {
    String scratch = directory.toString();
    String daemon = "methods: {start: {exec: \"sleep 10000 &\"}}";
    List<String> services =
        List.of(
            service("s1", daemon),
            service("s6", "methods: {start: {exec: \":true\"}, stop: {exec: \"exit 1\"}}"),
            service("s7", "description: has no start method"),
            service("s8", "methods: {start: {exec: \"sleep 10000 & exit 94\"}}"),
            service("exit95", "methods: {start: {exec: \"exit 95\"}}"),
            service("exit96", "methods: {start: {exec: \"exit 96\"}}"),
            service("exit97", "methods: {start: {exec: \"sleep 10000 & exit 97\"}}"),
            service("exit99", "methods: {start: {exec: \"exit 99\"}}"),
            service("exit100", "methods: {start: {exec: \"exit 100\"}}"),
            service("exit101", "methods: {start: {exec: \"sleep 10000 & exit 101\"}}"),
            service("s14", "methods: {start: {exec: \"exit 1\"}}"),
            service(
                "s15",
                "methods: {start: {exec: \"echo x >> %s/s15; [ $(wc -l < %s/s15) -ge 3 ] || exit 1; sleep 10000 &\"}}"
                    .replace("%s", scratch)),
            service("s16", "methods: {start: {exec: \"kill -TERM $$; sleep 5\"}}"),
            service(
                "s17",
                "methods: {start: {exec: \"sleep 10000 & sleep 10000\", timeout_seconds: 1}}\n"
                    + "startd: {retry_delay: 0.05}"),
            service(
                "s18",
                "methods: {start: {exec: \"sleep 10000\", timeout_seconds: 1}}\n"
                    + "startd: {timeout_retry: false}"),
            service("s20", "methods: {start: {exec: \"/bin/true\"}}"),
            service(
                "s21",
                "methods: {start: {exec: \"test -e %s/s21 && sleep 10000 &\"}}"
                    .replace("%s", scratch)
                    .replace("&& sleep 10000 &", "|| exit 1; sleep 10000 &")),
            service("s24", "methods: {start: {exec: \"exit 95\"}}"),
            service("s27", daemon),
            service("s28", daemon),
            service("s29", daemon),
            service("s30", "methods: {start: {exec: \"sleep 10000\"}}"),
            service("r1", daemon),
            service("r2", "methods: {start: {exec: \"sleep 10001 & sleep 10002 &\"}}"),
            service(
                "r3",
                "methods: {start: {exec: \"sleep 10001 & sleep 10002 &\"}}\n"
                    + "startd: {ignore_error: [signal]}"),
            service("r4", "methods: {start: {exec: \"sleep 10000 & sleep 0.2 &\"}}"),
            service("r6", "methods: {start: {exec: \"sleep 1 &\"}}"),
            service(
                "r8", "methods: {start: {exec: \"sleep 10000 &\"}}\nstartd: {duration: transient}"),
            service("r9", daemon),
            service(
                "r10",
                "methods: {start: {exec: \"(trap '' TERM; while :; do sleep 1; done) &\"},"
                    + " stop: {exec: \":kill\", timeout_seconds: 1}}"),
            service(
                "r10kill",
                "methods: {start: {exec: \"(trap '' TERM; while :; do sleep 1; done) &\"},"
                    + " stop: {exec: \":kill\", timeout_seconds: 1, on_timeout: kill}}"),
            service(
                "r11",
                "methods: {start: {exec: \"sleep 10000 &\"}, stop: {exec: \"exit 1\"}}\n"
                    + "startd: {retry_delay: 0.05}"),
            service(
                "r12",
                ("methods: {start: {exec: \"setsid -f sh %s/r12.sh;"
                            + " until [ -e %s/r12.up ]; do sleep 0.02; done\"},")
                        .replace("%s", scratch)
                    + " stop: {exec: \":kill -INT\"}}"),
            service(
                "r13",
                "methods: {start: {exec: \"/bin/true\"}, stop: {exec: \":kill\"}}\n"
                    + "startd: {duration: transient}"),
            service("r14", daemon),
            service("r16", daemon),
            service("r17", "methods: {start: {exec: \"sleep 10000\"}}"),
            service("r18", daemon),
            service(
                "r19",
                "methods: {start: {exec: \"sleep 10000 &\"}, refresh: {exec: \"test -e %s/r19\"}}\n"
                        .replace("%s", scratch)
                    + "startd: {retry_delay: 0.05}"),
            service(
                "r20",
                "methods: {start: {exec: \"sleep 0.3\"}, stop: {exec: \"touch %s/r20.stop\"}}\n"
                        .replace("%s", scratch)
                    + "startd: {duration: child}"),
            service("r21", "methods: {start: {exec: \"exit 1\"}}\nstartd: {duration: child}"),
            service("r22", "methods: {start: {exec: \"exit 96\"}}\nstartd: {duration: child}"),
            service("r23", "methods: {start: {exec: \"sleep 10000\"}}\nstartd: {duration: child}"),
            service("r24", "methods: {start: {exec: /no/such/program}}\nstartd: {duration: child}"),
            service("r26", daemon),
            service(
                "r28",
                "methods: {start: {exec: \"sleep 10000 &\"}}\n"
                    + "startd: {critical_failure_count: 3, critical_failure_period: 60}"),
            service(
                "forks",
                "methods: {start: {exec: \"(setsid sh -c 'sleep 10000 & sleep 10001 &' &)\"}}"));
    return String.join("---\n", services);
  }

  private static String service(String name, String body) {
    return "service: t/" + name + "\nenabled: false\n" + body + "\n";
  }

  private static void online(String name) {
    machine.ok("svcadm enable -s t/" + name);
    assertThat(machine.state(name)).isEqualTo("online");
  }

  private static void maintenance(String name) {
    machine.run("svcadm enable t/" + name);
    machine.await(name, "maintenance");
  }

  private static String why(String name) {
    return machine.ok("svcs -x t/" + name);
  }

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
