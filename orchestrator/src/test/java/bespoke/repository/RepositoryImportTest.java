package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription;
import bespoke.repository.ImportOptions.PropertyPath;
import bespoke.repository.ImportReport.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What imports and profiles make of a repository.
class RepositoryImportTest extends RepositoryFixture {

  @Test
  void aNewServiceIsThereAfterReopening() throws IOException {
    ImportReport report = importing(Describe.service("site/web").set("config/port", "80"));
    assertThat(report.outcomes())
        .containsEntry(SERVICE, Outcome.NEW)
        .containsEntry(WEB, Outcome.NEW);
    assertThat(report.refreshed()).containsExactly(WEB);
    reopen();
    assertThat(repository.services()).containsExactly(SERVICE.serviceFmri());
    assertThat(repository.instances()).containsExactly(WEB);
    assertThat(running("config", "port")).contains("80");
    assertThat(repository.editing(WEB).property("config", "port").orElseThrow().origin())
        .hasToString("site-web.yaml:1:3");
    assertThat(repository.snapshots(WEB))
        .containsExactly(SnapshotName.INITIAL, SnapshotName.LAST_IMPORT, SnapshotName.RUNNING);
  }

  @Test
  void theInstancesViewIsItsOwnGroupsOverItsServices() throws IOException {
    importing(
        Describe.service("site/web")
            .setInService("config/port", "80")
            .setInService("config/host", "a")
            .set("config/port", "81"));
    assertThat(running("config", "port")).contains("81");
    assertThat(running("config", "host")).contains("a");
    assertThat(repository.own(WEB).property("config", "host")).isEmpty();
  }

  // C19
  @Test
  void importingTheSameTwiceChangesNothing() throws IOException {
    Describe web = Describe.service("site/web").set("config/port", "80").dependent("web", "m/x");
    importing(web);
    long before = repository.synchronousWrites();
    ImportReport again = importing(web);
    assertThat(again.outcomes().values()).containsOnly(Outcome.UNCHANGED);
    assertThat(again.refreshed()).isEmpty();
    assertThat(repository.synchronousWrites()).isEqualTo(before);
  }

  // C20
  @Test
  void anAdministratorsValueIsKeptWhenTheManifestDidNotChange() throws IOException {
    Describe web = Describe.service("site/web").set("config/port", "80");
    importing(web);
    edit(set("config", "port", "8080"));
    ImportReport again = importing(web);
    assertThat(editing("config", "port")).contains("8080");
    assertThat(again.conflicts()).isEmpty();
    assertThat(again.kept()).containsExactly(new PropertyPath(WEB, "config", "port"));
  }

  // C21
  @Test
  void aChangedManifestArrivesAndRuns() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80").set("config/host", "a"));
    edit(set("config", "host", "b"));
    repository.refresh(List.of(WEB));
    ImportReport again =
        importing(Describe.service("site/web").set("config/port", "81").set("config/host", "a"));
    assertThat(again.outcomes()).containsEntry(WEB, Outcome.CHANGED);
    assertThat(again.refreshed()).containsExactly(WEB);
    assertThat(running("config", "port")).contains("81");
    assertThat(running("config", "host")).contains("b");
  }

  // C22
  @Test
  void aConflictKeepsTheAdministratorsValueAndIsNamed() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    edit(set("config", "port", "8080"));
    ImportReport again = importing(Describe.service("site/web").set("config/port", "81"));
    assertThat(editing("config", "port")).contains("8080");
    assertThat(again.conflicts()).hasSize(1);
    assertThat(again.conflicts().getFirst())
        .hasToString(
            "svc:/site/web:default config/port: conflict upgrading; keeping [8080] of"
                + " administrator anna, not [81] of site-web.yaml:1:3");
    reopen();
    assertThat(editing("config", "port")).contains("8080");
    assertThat(importing(Describe.service("site/web").set("config/port", "81")).conflicts())
        .as("the conflict is named once")
        .isEmpty();
  }

  @Test
  void whatBothChangedToTheSameFollowsTheManifestAgain() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    edit(set("config", "port", "81"));
    assertThat(importing(Describe.service("site/web").set("config/port", "81")).conflicts())
        .isEmpty();
    importing(Describe.service("site/web").set("config/port", "82"));
    assertThat(editing("config", "port")).contains("82");
  }

  // C23
  @Test
  void whatTheManifestDropsGoes() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80").set("config/host", "a"));
    importing(Describe.service("site/web").set("config/port", "80"));
    assertThat(editing("config", "host")).isEmpty();
    importing(Describe.service("site/web"));
    assertThat(repository.editing(WEB).group("config")).isEmpty();
  }

  @Test
  void aPropertyThatAnAdministratorDeletedStaysDeleted() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80").set("config/host", "a"));
    edit(new Edit.DeleteProperty(WEB, "config", "host"));
    ImportReport again =
        importing(Describe.service("site/web").set("config/port", "81").set("config/host", "a"));
    assertThat(again.conflicts()).isEmpty();
    assertThat(editing("config", "host")).isEmpty();
    assertThat(editing("config", "port")).contains("81");
  }

  @Test
  void aGroupThatOnlyAnAdministratorHasSurvivesTheManifest() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    edit(
        new Edit.AddGroup(WEB, "mine", "application"),
        new Edit.SetProperty(
            WEB, "mine", "key", Optional.of(PropertyType.ASTRING), List.of("value")));
    importing(Describe.service("site/web").set("config/port", "81"));
    assertThat(editing("mine", "key")).contains("value");
  }

  @Test
  void aFileCanForceOneValueOrAll() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80").set("config/host", "a"));
    edit(set("config", "port", "8080"), set("config", "host", "b"));
    ServiceDescription changed =
        Describe.service("site/web").set("config/port", "81").set("config/host", "c").build();
    ImportOptions override =
        new ImportOptions(
            true,
            false,
            false,
            Set.of(new PropertyPath(WEB, "config", "port")),
            Set.of(),
            List.of());
    repository.importServices(List.of(changed), override);
    assertThat(editing("config", "port")).contains("81");
    assertThat(editing("config", "host")).contains("b");
    ImportOptions force = new ImportOptions(true, true, false, Set.of(), Set.of(), List.of());
    repository.importServices(List.of(changed), force);
    assertThat(editing("config", "host")).contains("c");
  }

  // C24
  @Test
  void reimportingDoesNotEnable() throws IOException {
    importing(Describe.service("site/web").enabled(false));
    importing(Describe.service("site/web").enabled(true));
    assertThat(repository.enabled(WEB).permanent()).contains(false);
  }

  @Test
  void theFirstImportOfAnInstanceTakesItsSetting() throws IOException {
    importing(Describe.service("site/web").enabled(true));
    assertThat(repository.enabled(WEB)).isEqualTo(EnabledSetting.permanently(true));
  }

  @Test
  void aProfileWinsOverTheManifestAndYieldsToAnAdministrator() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80").set("config/host", "a"));
    edit(set("config", "host", "mine"));
    ServiceDescription profile =
        Describe.service("site/web")
            .set("config/port", "90")
            .set("config/host", "b")
            .enabled(true)
            .build();
    ImportPlan plan = repository.planProfile(List.of(profile), ImportOptions.DEFAULT);
    assertThat(plan.commit()).isTrue();
    assertThat(running("config", "port")).contains("90");
    assertThat(running("config", "host")).contains("mine");
    assertThat(repository.enabled(WEB).permanent()).contains(true);
    assertThat(plan.report().conflicts()).hasSize(1);
    importing(Describe.service("site/web").set("config/port", "81").set("config/host", "a"));
    assertThat(running("config", "port")).contains("90");
  }

  // C26
  @Test
  void aProfileDoesNotMakeServices() throws IOException {
    ServiceDescription profile = Describe.service("site/none").enabled(true).build();
    ImportPlan plan = repository.planProfile(List.of(profile), ImportOptions.DEFAULT);
    assertThat(plan.commit()).isTrue();
    assertThat(repository.services()).isEmpty();
  }

  @Test
  void aPlanShowsWhatWouldRunAndChangesNothing() throws IOException {
    ImportPlan plan =
        repository.planImport(
            List.of(Describe.service("site/web").set("config/port", "80").build()),
            ImportOptions.DEFAULT);
    assertThat(plan.running()).containsOnlyKeys(WEB);
    assertThat(plan.running().values())
        .allSatisfy(groups -> assertThat(groups.single("config", "port")).contains("80"));
    assertThat(repository.instances()).isEmpty();
    importing(Describe.service("site/other"));
    assertThat(plan.commit()).as("somebody was faster").isFalse();
    assertThat(repository.contains(WEB)).isFalse();
  }

  @Test
  void movedLinesAreNoChange() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    ImportReport again = importing(Describe.service("site/web").atLine(7).set("config/port", "80"));
    assertThat(again.outcomes()).containsEntry(WEB, Outcome.UNCHANGED);
    assertThat(again.refreshed()).isEmpty();
    assertThat(repository.running(WEB).property("config", "port").orElseThrow().origin())
        .hasToString("site-web.yaml:7:3");
  }

  @Test
  void importedFilesAreRemembered() throws IOException {
    Path path = Path.of("/etc/services.d/web.yaml");
    ManifestFile file =
        new ManifestFile(path, "ab".repeat(32), 120, 99, List.of(SERVICE.serviceFmri()));
    repository.importServices(
        List.of(Describe.service("site/web").build()),
        ImportOptions.DEFAULT.withFiles(List.of(file)));
    reopen();
    assertThat(repository.manifestFiles()).containsExactly(Map.entry(path, file));
    repository.forgetManifestFiles(List.of(path));
    assertThat(repository.manifestFiles()).isEmpty();
  }

  @Test
  void allInstancesAreReadAtOnce() throws IOException {
    importing(
        Describe.service("site/a").set("config/port", "1").setInService("config/x", "y"),
        Describe.service("site/b").set("config/port", "2").enabled(true));
    edit(new Edit.AddEntity(InstanceFmri.parse("site/c:new")));
    Map<InstanceFmri, StoredInstance> all = new TreeMap<>();
    repository.forEachInstance(instance -> all.put(instance.fmri(), instance));
    assertThat(all.keySet())
        .extracting(InstanceFmri::shortName)
        .containsExactly("site/a:default", "site/b:default", "site/c:new");
    List<StoredInstance> sorted = List.copyOf(all.values());
    assertThat(sorted.get(0).running().single("config", "x")).contains("y");
    assertThat(sorted.get(0).running().single("config", "port")).contains("1");
    assertThat(sorted.get(1).enabled().effective()).isTrue();
    assertThat(sorted.get(2).enabled().isConfigured()).isFalse();
  }

  @Test
  void manyChangesLeaveNoLitter() throws IOException {
    importing(Describe.service("site/web").set("config/port", "0"));
    for (int i = 1; i <= 1500; i++) {
      edit(set("config", "port", "" + i));
    }
    assertThat(repository.verify()).isEmpty();
    assertThat(editing("config", "port")).contains("1500");
    assertThat(root.resolve("repository/store.db").toFile().length()).isLessThan(1_000_000);
  }
}
