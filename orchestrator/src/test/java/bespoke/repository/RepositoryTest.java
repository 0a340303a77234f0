package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyType;
import bespoke.repository.ImportReport.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What administrators make of a repository, and what it keeps of that.
class RepositoryTest extends RepositoryFixture {

  @Test
  void enablingIsOneSynchronousWriteAndSurvives() throws IOException {
    importing(Describe.service("site/web"));
    long before = repository.synchronousWrites();
    repository.setEnabled(Map.of(WEB, EnabledSetting.permanently(true)), ANNA);
    assertThat(repository.synchronousWrites() - before).isEqualTo(1);
    reopen();
    assertThat(repository.enabled(WEB).permanent()).contains(true);
    assertThat(editing("general", "enabled")).contains("true");
  }

  // C13
  @Test
  void theRunningSnapshotShowsTheSettingOfItsTime() throws IOException {
    importing(Describe.service("site/web"));
    repository.setEnabled(Map.of(WEB, EnabledSetting.permanently(true)), ANNA);
    assertThat(running("general", "enabled")).contains("false");
    assertThat(editing("general", "enabled")).contains("true");
  }

  @Test
  void aThousandChangesInOneScriptAreOneSynchronousWrite() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    List<Edit> edits =
        IntStream.range(0, 1000)
            .mapToObj(i ->
                (Edit)
                    new Edit.SetProperty(
                        WEB, "config", "p" + i, Optional.of(PropertyType.COUNT), List.of("" + i)))
            .toList();
    long before = repository.synchronousWrites();
    EditReport report = repository.edit(edits, false, ANNA);
    assertThat(report.applied()).isEqualTo(1000);
    assertThat(repository.synchronousWrites() - before).isEqualTo(1);
    reopen();
    assertThat(editing("config", "p999")).contains("999");
  }

  // C12, C30
  @Test
  void nothingTakesEffectBeforeARefresh() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    edit(set("config", "port", "81"));
    assertThat(running("config", "port")).contains("80");
    repository.refresh(List.of(WEB));
    assertThat(running("config", "port")).contains("81");
  }

  // C29
  @Test
  void revertingToInitialBringsTheFirstValuesBack() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    importing(Describe.service("site/web").set("config/port", "81").set("config/host", "a"));
    edit(set("config", "port", "82"));
    EditReport report = edit(new Edit.Revert(WEB, SnapshotName.INITIAL));
    assertThat(report.problem()).isEmpty();
    assertThat(editing("config", "port")).contains("80");
    assertThat(editing("config", "host")).isEmpty();
    edit(new Edit.Revert(WEB, SnapshotName.PREVIOUS));
    assertThat(editing("config", "port")).contains("82");
    assertThat(editing("config", "host")).contains("a");
  }

  @Test
  void theStartSnapshotIsWhatRanThen() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    long before = repository.synchronousWrites();
    repository.takeStartSnapshots(List.of(WEB));
    assertThat(repository.synchronousWrites()).isEqualTo(before);
    importing(Describe.service("site/web").set("config/port", "81"));
    reopen();
    assertThat(
            repository
                .snapshot(WEB, SnapshotName.START)
                .orElseThrow()
                .composed()
                .single("config", "port"))
        .contains("80");
  }

  @Test
  void customizationsAreListedAndTakenBack() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80").set("config/host", "a"));
    edit(set("config", "port", "81"), new Edit.DeleteProperty(WEB, "config", "host"));
    repository.setEnabled(Map.of(WEB, EnabledSetting.permanently(true)), ANNA);
    assertThat(repository.customizations(WEB))
        .extracting(custom -> custom.path().group() + "/" + custom.path().property())
        .containsExactly("general/enabled", "config/port", "config/host");
    assertThat(repository.customizations(WEB).get(1).manifest().orElseThrow().values())
        .containsExactly("80");
    edit(new Edit.DeleteCustomizations(WEB, "config/port"));
    assertThat(editing("config", "port")).contains("80");
    assertThat(editing("config", "host")).isEmpty();
    edit(new Edit.DeleteCustomizations(WEB, "*"));
    assertThat(repository.customizations(WEB)).isEmpty();
    assertThat(repository.enabled(WEB).permanent()).contains(false);
  }

  // C16
  @Test
  void aNewPropertyNeedsItsTypeAndAnOldOneKeepsIts() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    assertThat(edit(set("config", "new", "1")).problem().orElseThrow()).contains("needs its type");
    assertThat(
            edit(new Edit.SetProperty(
                    WEB, "config", "port", Optional.of(PropertyType.COUNT), List.of("1")))
                .problem()
                .orElseThrow())
        .contains("its type is astring, not count");
    assertThat(edit(set("nogroup", "x", "1")).problem().orElseThrow()).contains("nogroup");
    assertThat(editing("config", "port")).contains("80");
  }

  // C17
  @Test
  void editsBeforeARefusedOneStayUnlessTheWholeIsWanted() throws IOException {
    importing(Describe.service("site/web").set("config/port", "80"));
    List<Edit> edits =
        List.of(set("config", "port", "81"), set("config", "x", "1"), set("config", "port", "82"));
    EditReport whole = repository.edit(edits, true, ANNA);
    assertThat(whole.applied()).isZero();
    assertThat(editing("config", "port")).contains("80");
    EditReport report = repository.edit(edits, false, ANNA);
    assertThat(report.applied()).isEqualTo(1);
    assertThat(editing("config", "port")).contains("81");
  }

  @Test
  void valuesAreAddedOnceAndRemovedByPattern() throws IOException {
    importing(Describe.service("site/web").set("config/list", "a"));
    edit(
        new Edit.AddValue(WEB, "config", "list", Optional.empty(), "b"),
        new Edit.AddValue(WEB, "config", "list", Optional.empty(), "b"),
        new Edit.AddValue(WEB, "config", "list", Optional.empty(), "bc"));
    assertThat(repository.editing(WEB).property("config", "list").orElseThrow().values())
        .containsExactly("a", "b", "bc");
    edit(new Edit.DeleteValues(WEB, "config", "list", "b*"));
    assertThat(repository.customizations(WEB)).as("as the manifest says").isEmpty();
  }

  @Test
  void aDependentBecomesADependencyOfItsTargetAndGoesWithIt() throws IOException {
    InstanceFmri target = InstanceFmri.parse("milestone/all");
    importing(Describe.service("site/web").dependent("web", "svc:/milestone/all:default"));
    assertThat(repository.editing(target).single("web", "entities")).contains("svc:/site/web");
    assertThat(repository.editing(target).single("web", "external")).contains("true");
    ImportReport late = importing(Describe.service("milestone/all").enabled(true));
    assertThat(late.outcomes()).containsEntry(target, Outcome.NEW);
    assertThat(repository.running(target).group("web")).isPresent();
    assertThat(repository.enabled(target).permanent()).contains(true);
    assertThat(repository.own(SERVICE).single("dependents", "web"))
        .contains("svc:/milestone/all:default");
    ImportReport without = importing(Describe.service("site/web"));
    assertThat(repository.running(target).group("web")).isEmpty();
    assertThat(without.refreshed()).contains(target);
  }

  @Test
  void aDependentDoesNotReplaceAGroupOfTheTarget() throws IOException {
    importing(Describe.service("milestone/all").set("web/x", "1"));
    ImportReport report =
        importing(Describe.service("site/web").dependent("web", "svc:/milestone/all:default"));
    assertThat(report.warnings()).hasSize(1);
    assertThat(report.warnings().getFirst()).startsWith("site-web.yaml:1:3: cannot put");
  }

  // C18
  @Test
  void deletingAServiceTakesItsDependenciesOutOfOthers() throws IOException {
    InstanceFmri target = InstanceFmri.parse("milestone/all");
    importing(
        Describe.service("milestone/all"),
        Describe.service("site/web").dependent("web", "svc:/milestone/all:default"));
    EditReport report = edit(new Edit.DeleteEntity(SERVICE));
    assertThat(report.removed()).containsExactlyInAnyOrder(SERVICE, WEB);
    assertThat(report.changed()).containsExactly(target);
    reopen();
    assertThat(repository.contains(WEB)).isFalse();
    assertThat(repository.editing(target).group("web")).isEmpty();
  }
}
