package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `svccfg` and `svcprop` do beyond SMF, against a real daemon: edges in words, differences,
/// archives, waiting for a change.
class ConfigurationEditingTest {
  private static @TempDir Path directory;
  private static RealMachine machine;

  private static String service(String name, String more) {
    return "service: t/"
        + name
        + "\nenabled: true\nmethods: {start: {exec: \"sleep 10000 &\"}, stop: {exec: \":kill\"}}\n"
        + more;
  }

  @BeforeAll
  static void startMachine() throws IOException {
    String config = "property_groups: {config: {port: 80}}\n";
    machine =
        new RealMachine(
            directory,
            String.join(
                "---\n",
                service("db", ""),
                service("web", "requires: [t/db]\n" + config),
                service("other", config),
                service("kept", config)));
  }

  @AfterAll
  static void stopMachine() {
    machine.close();
  }

  @Test
  void anEdgeIsEditedInWordsShownAndTakesEffectWithARefresh() {
    String added = machine.ok("svccfg -s t/other adddep db restart on error");
    assertThat(added)
        .startsWith(
            "svc:/t/other\n"
                + "  + needs svc:/t/db, and restarts when it fails  [db: require_all/error,"
                + " administrator ")
        .endsWith("It takes effect with:  svcadm refresh t/other\n");
    assertThat(machine.ok("svcs -l t/other")).doesNotContain("svc:/t/db");
    assertThat(machine.ok("svccfg -s t/other:default diff"))
        .contains("+ db/entities fmri svc:/t/db");
    machine.ok("svcadm refresh t/other");
    assertThat(machine.ok("svcs -l t/other"))
        .contains("require_all/error svc:/t/db (online)  [db, administrator ");
    assertThat(machine.ok("svccfg -s t/other setdep db optional"))
        .contains("  - needs svc:/t/db", "  + comes after, if it is enabled, svc:/t/db");
    assertThat(machine.ok("svccfg -s t/other deldep db")).contains("  - comes after");
    machine.ok("svcadm refresh t/other");
    assertThat(machine.ok("svcs -l t/other")).doesNotContain("dependency");
  }

  @Test
  void anEdgeThatClosesACycleIsRefusedWithEveryEdge() {
    String before = machine.ok("svcprop -c t/db:default");
    Shell.Result refused = machine.run("svccfg -s t/db adddep t/web");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains("lead back to itself", "svc:/t/web:default depends on svc:/t/db", "t.yaml:");
    assertThat(machine.ok("svcprop -c t/db:default")).startsWith(before.substring(0, 20));
    assertThat(machine.run("svcprop -q -c -p web t/db:default").status()).isEqualTo(1);
  }

  @Test
  void aServiceThatComesLaterIsNamedInFull() {
    assertThat(machine.run("svccfg -s t/other adddep later").err())
        .contains("write svc:/later for a service that will come later");
    assertThat(machine.ok("svccfg -s t/other adddep optional svc:/t/later"))
        .contains("There is no svc:/t/later yet.");
    machine.ok("svccfg -s t/other deldep svc:/t/later");
  }

  @Test
  void anArchiveBringsBackWhatAnAdministratorChangedAndDeleted() throws IOException {
    Path archive = directory.resolve("archive.yaml");
    Files.writeString(archive, machine.ok("svccfg archive"));
    assertThat(machine.ok("svccfg inventory " + archive))
        .contains("svc:/t/kept:default\nsvc:/t/kept\n");
    machine.ok("svccfg -s t/kept setprop config/port = 81");
    machine.ok("svcadm disable -s t/kept");
    machine.ok("svccfg restore " + archive);
    assertThat(machine.ok("svcprop -c -p config/port t/kept:default")).isEqualTo("80\n");
    machine.await("kept", "online");
    machine.ok("svccfg delete -f t/kept");
    machine.ok("svccfg restore " + archive);
    machine.await("kept", "online");
    assertThat(machine.ok("svccfg listcust")).doesNotContain("t/kept");
  }

  @Test
  void aCustomizationIsListedWithWhoMadeItAndTakenBack() {
    machine.ok("svccfg -s t/web setprop config/port = 8080");
    assertThat(machine.ok("svccfg -s t/web listcust"))
        .containsPattern("config/port +integer +8080 +administrator ");
    assertThat(machine.ok("svccfg -s t/web diff manifest"))
        .contains("- config/port integer 80  [", "+ config/port integer 8080  [administrator ");
    machine.ok("svccfg -s t/web delcust config/port");
    assertThat(machine.ok("svccfg -s t/web listcust")).isEmpty();
    assertThat(machine.ok("svcprop -o -c -p config/port t/web:default"))
        .containsPattern("^80  \\[.*\\.yaml:[0-9]+:[0-9]+\\]\n$");
  }

  @Test
  void aFileIsComparedWithWhatIsConfigured() throws IOException {
    Path file = directory.resolve("other.yaml");
    Files.writeString(file, service("other", "property_groups: {config: {port: 81}}\n"));
    assertThat(machine.ok("svccfg diff " + file))
        .contains("svc:/t/other:default\n", "- config/port integer 81", "+ config/port integer 80");
  }

  @Test
  void waitingForAChangeEndsWithTheNewValue() {
    machine.ok("svccfg -s t/db addpg mine application");
    machine.ok("svccfg -s t/db setprop mine/value = integer: 0");
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(() -> machine.ok("svcprop -w -p mine/value svc:/t/db"));
    // the waiting may begin at any moment: change it until somebody has seen it
    for (int i = 1; !waiting.isDone() && i < 10_000; i++) {
      machine.run("svccfg -s t/db setprop mine/value = integer: " + i);
    }
    assertThat(waiting.join()).matches("[0-9]+\n");
  }
}
