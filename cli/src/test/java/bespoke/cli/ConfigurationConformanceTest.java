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

/// The cases C12 to C30 of smf.md 12.7, as DESIGN 3 changes them, against a real daemon. Each test
/// has services of its own.
class ConfigurationConformanceTest {
  private static final String DAEMON =
      "methods: {start: {exec: \"sleep 10000 &\"}, stop: {exec: \":kill\"}}\n";

  private static @TempDir Path directory;
  private static RealMachine machine;

  @BeforeAll
  static void startMachine() throws IOException {
    machine = new RealMachine(directory, "service: t/other\nenabled: true\n" + DAEMON);
  }

  @AfterAll
  static void stopMachine() {
    machine.close();
  }

  /// Writes a description of `t/NAME` that logs `config/p` when it starts.
  private static Path describe(String name, String more) throws IOException {
    return Files.writeString(
        directory.resolve(name + ".yaml"),
        "service: t/"
            + name
            + "\nmethods: {start: {exec: \"echo p=%{config/p}; sleep 10000 &\"},"
            + " stop: {exec: \":kill\"}}\n"
            + more);
  }

  private static String group(String p) {
    return "property_groups: {config: {p: " + p + "}}\n";
  }

  private static void imported(String name, String more) throws IOException {
    machine.ok("svccfg import " + describe(name, more));
  }

  private static void set(String name, String value) {
    machine.ok("svccfg -s t/" + name + " setprop config/p = " + value);
  }

  private static String running(String name) {
    return machine.ok("svcprop -p config/p t/" + name + ":default").strip();
  }

  private static String configured(String name) {
    return machine.ok("svcprop -c -p config/p t/" + name + ":default").strip();
  }

  // C12
  @Test
  void aSettingIsConfiguredAtOnceAndRunsAfterARefresh() throws IOException {
    imported("c12", "enabled: true\n" + group("old"));
    set("c12", "new");
    assertThat(running("c12")).isEqualTo("old");
    assertThat(configured("c12")).isEqualTo("new");
    machine.ok("svcadm refresh t/c12");
    assertThat(running("c12")).isEqualTo("new");
    assertThat(configured("c12")).isEqualTo("new");
  }

  // C13
  @Test
  void enablingIsSeenAtOnceButNotInTheSnapshot() throws IOException {
    imported("c13", "enabled: false\n" + group("x"));
    machine.ok("svcadm enable t/c13");
    assertThat(machine.ok("svcprop -p general/enabled t/c13:default")).isEqualTo("false\n");
    assertThat(machine.ok("svcprop -c -p general/enabled t/c13:default")).isEqualTo("true\n");
  }

  // C14
  @Test
  void onePropertyIsABareValueAndSeveralEntitiesAreNamed() throws IOException {
    imported("c14a", "enabled: false\n" + group("\"a b\""));
    imported("c14b", "enabled: false\n" + group("c"));
    assertThat(machine.ok("svcprop -p config/p t/c14a:default")).isEqualTo("a\\ b\n");
    assertThat(machine.ok("svcprop -p config/p t/c14a:default t/c14b:default"))
        .isEqualTo(
            """
            svc:/t/c14a:default/:properties/config/p astring a\\ b
            svc:/t/c14b:default/:properties/config/p astring c
            """);
  }

  // C15
  @Test
  void whatIsMissingIsNamedUnlessQuietIsWanted() {
    assertThat(machine.run("svcprop -p no/such t/other:default"))
        .isEqualTo(
            new Shell.Result(
                1,
                "",
                "svcprop: Couldn't find property `no/such' for instance"
                    + " `svc:/t/other:default'.\n"));
    assertThat(machine.run("svcprop -q -p no/such t/other:default"))
        .isEqualTo(new Shell.Result(1, "", ""));
  }

  // C16
  @Test
  void aNewPropertyNeedsATypeAndAnOldOneKeepsIts() throws IOException {
    imported("c16", "enabled: false\n" + group("x"));
    Shell.Result untyped = machine.run("svccfg -s t/c16 setprop config/q = 1");
    assertThat(untyped.status()).isEqualTo(1);
    assertThat(untyped.err()).contains("a new property needs its type");
    Shell.Result other = machine.run("svccfg -s t/c16 setprop config/p = integer: 1");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("its type is astring, not integer");
    assertThat(machine.ok("svcprop -C -p config svc:/t/c16")).isEqualTo("config/p astring x\n");
  }

  // C17
  @Test
  void aScriptStopsAtItsFirstErrorAndKeepsWhatWasBefore() throws IOException {
    imported("c17", "enabled: false\n" + group("x"));
    Path script =
        Files.writeString(
            directory.resolve("c17.script"),
            """
            select t/c17
            setprop config/a = astring: 1
            setprop config/b = 2
            setprop config/c = astring: 3
            """);
    Shell.Result result = machine.run("svccfg -f " + script);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("svccfg (" + script + ", line 3): ");
    assertThat(machine.ok("svcprop -C -p config svc:/t/c17"))
        .isEqualTo("config/p astring x\nconfig/a astring 1\n");
  }

  // C18
  @Test
  void anOnlineInstanceIsDeletedOnlyByForceAndItsDependentsGo() throws IOException {
    imported("c18b", "enabled: true\n" + group("x"));
    imported(
        "c18a",
        "enabled: true\n"
            + group("x")
            + "dependents:\n"
            + "  on-a: {grouping: optional_all, restart_on: none, services: [t/c18b]}\n");
    machine.await("c18a", "online");
    assertThat(machine.ok("svcprop -c t/c18b:default")).contains("on-a/entities");
    Shell.Result refused = machine.run("svccfg delete t/c18a:default");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("is in state online");
    List<Long> processes = machine.processes("c18a");
    machine.ok("svccfg delete -f t/c18a");
    assertThat(machine.run("svcs t/c18a").status()).isEqualTo(1);
    assertThat(machine.ok("svcprop -c t/c18b:default")).doesNotContain("on-a");
    machine.await(
        () -> processes.stream().noneMatch(pid -> isAlive(pid)), () -> processes + " live on");
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  // C19
  @Test
  void importingTwiceChangesNothing() throws IOException {
    imported("c19", "enabled: false\n" + group("x"));
    String before = machine.ok("svcprop -c t/c19:default");
    assertThat(machine.ok("svccfg -v import " + directory.resolve("c19.yaml")))
        .isEqualTo("svc:/t/c19 unchanged\nsvc:/t/c19:default unchanged\n");
    assertThat(machine.ok("svcprop -c t/c19:default")).isEqualTo(before);
  }

  // C20
  @Test
  void anAdministratorsValueOutlivesAReimport() throws IOException {
    imported("c20", "enabled: false\n" + group("x"));
    set("c20", "mine");
    assertThat(machine.run("svccfg import " + directory.resolve("c20.yaml")))
        .isEqualTo(new Shell.Result(0, "", ""));
    assertThat(configured("c20")).isEqualTo("mine");
  }

  // C21
  @Test
  void aChangedManifestArrivesAndRuns() throws IOException {
    imported("c21", "enabled: false\n" + group("x"));
    imported("c21", "enabled: false\n" + group("y"));
    assertThat(running("c21")).isEqualTo("y");
  }

  // C22
  @Test
  void aConflictIsNamedAndTheAdministratorsValueKept() throws IOException {
    imported("c22", "enabled: false\n" + group("x"));
    set("c22", "mine");
    Shell.Result result =
        machine.run("svccfg import " + describe("c22", "enabled: false\n" + group("theirs")));
    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("svc:/t/c22", "config/p");
    assertThat(configured("c22")).isEqualTo("mine");
  }

  // C23
  @Test
  void whatTheManifestDropsGoes() throws IOException {
    imported("c23", "enabled: false\nproperty_groups: {config: {p: x, q: y}}\n");
    imported("c23", "enabled: false\n" + group("x"));
    assertThat(machine.run("svcprop -q -c -p config/q t/c23:default").status()).isEqualTo(1);
  }

  // C24
  @Test
  void aReimportDoesNotEnable() throws IOException {
    imported("c24", "enabled: false\n" + group("x"));
    imported("c24", "enabled: true\n" + group("y"));
    assertThat(machine.ok("svcprop -c -p general/enabled t/c24:default")).isEqualTo("false\n");
    assertThat(machine.state("c24")).isEqualTo("disabled");
  }

  // C26
  @Test
  void aProfileSkipsWhatThereIsNot() throws IOException {
    imported("c26", "enabled: false\n" + group("x"));
    Path profile =
        Files.writeString(
            directory.resolve("c26-profile.yaml"),
            "service: t/nowhere\nenabled: true\n---\nservice: t/c26\nenabled: true\n" + group("y"));
    assertThat(machine.run("svccfg apply " + profile)).isEqualTo(new Shell.Result(0, "", ""));
    machine.await("c26", "online");
    assertThat(running("c26")).isEqualTo("y");
    assertThat(machine.run("svcs t/nowhere").status()).isEqualTo(1);
  }

  // C27
  @Test
  void aManifestIsNotAppliedAndAProfileNotImported() throws IOException {
    imported("c27", "enabled: false\n" + group("x"));
    Path manifest = describe("c27new", "enabled: false\n" + group("x"));
    Shell.Result applied = machine.run("svccfg apply " + manifest);
    assertThat(applied.status()).isEqualTo(1);
    assertThat(applied.err()).contains("it is a manifest; use svccfg import");
    Path profile = directory.resolve("c27-profile.yaml");
    Files.writeString(profile, "service: t/c27\nenabled: true\n");
    Shell.Result wrong = machine.run("svccfg import " + profile);
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("it is a profile", "use svccfg apply");
    assertThat(configured("c27")).isEqualTo("x");
  }

  // C28
  @Test
  void whatWasExportedIsThereAgainAfterDeletionAndImport() throws IOException {
    imported(
        "c28",
        """
        common_name: a test
        requires: [t/other]
        dependencies:
          file: {grouping: optional_all, restart_on: refresh, paths: [/etc/hosts]}
        property_groups:
          config: {p: "a \\"b\\" $c", list: [1, 2, 3], yes: true}
        instances:
          default: {enabled: false, property_groups: {config: {p: own}}}
          more: {enabled: true}
        """);
    machine.ok("svccfg -s t/c28 setprop config/yes = false");
    String before = persistent("svc:/t/c28:default") + persistent("svc:/t/c28:more");
    Path file = directory.resolve("c28-export.yaml");
    Files.writeString(file, machine.ok("svccfg export t/c28"));
    machine.ok("svccfg delete -f t/c28");
    machine.ok("svccfg import " + file);
    assertThat(persistent("svc:/t/c28:default") + persistent("svc:/t/c28:more")).isEqualTo(before);
    assertThat(before).contains("config/p astring own", "config/yes boolean false");
  }

  /// The properties of the persistent groups, in the order of their names.
  private static String persistent(String fmri) {
    return String.join(
        "\n",
        machine
            .ok("svcprop -c " + fmri)
            .lines()
            .filter(line -> !line.startsWith("restarter/"))
            .sorted()
            .toList());
  }

  // C29
  @Test
  void revertingToInitialAndRefreshingBringsTheFirstValuesBack() throws IOException {
    imported("c29", "enabled: false\n" + group("first"));
    set("c29", "second");
    machine.ok("svcadm refresh t/c29");
    machine.ok("svccfg -s t/c29:default revert initial");
    assertThat(running("c29")).isEqualTo("second");
    machine.ok("svccfg -s t/c29:default refresh");
    assertThat(running("c29")).isEqualTo("first");
  }

  // C30
  @Test
  void aRestartThroughADependencyStillUsesTheOldSnapshot() throws IOException {
    imported("c30b", "enabled: true\n" + group("x"));
    imported(
        "c30a",
        "enabled: true\n"
            + group("old")
            + "dependencies:\n"
            + "  b: {grouping: require_all, restart_on: restart, services: [t/c30b]}\n");
    machine.await("c30a", "online");
    set("c30a", "new");
    machine.ok("svcadm restart t/c30b");
    machine.await(() -> machine.logged("c30a", "p=old") == 2, () -> machine.log("c30a"));
    machine.await("c30a", "online");
    machine.ok("svcadm refresh t/c30a");
    machine.ok("svcadm restart t/c30a");
    machine.awaitLog("c30a", "p=new");
  }
}
