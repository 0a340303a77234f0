package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.EnabledSetting;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an import did can be taken back exactly, and done again.
class RestorationTest {
  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  private static final InstanceFmri NEW = InstanceFmri.parse("site/new");
  private static final Origin ANNA = new Origin.Administrator("anna", 1_000);

  @TempDir private Path root;
  private RootLock lock;
  private Repository repository;

  @BeforeEach
  void open() throws IOException {
    lock = RootLock.acquire(root);
    repository = Repository.open(lock);
    repository.importServices(
        described(
            Describe.service("site/web").set("config/port", "80").enabled(true),
            Describe.service("site/db").set("config/size", "1").enabled(true)),
        ImportOptions.DEFAULT);
    repository.edit(
        List.of(
            new Edit.SetProperty(WEB, "config", "port", Optional.empty(), List.of("81")),
            new Edit.AddEntity(InstanceFmri.parse("site/hand"))),
        true,
        ANNA);
  }

  @AfterEach
  void close() throws IOException {
    repository.close();
    lock.close();
  }

  private static List<ServiceDescription> described(Describe... services) {
    return List.of(services).stream().map(Describe::build).toList();
  }

  /// Changes a service, one made by hand, adds one, and lets one put a dependency into another.
  private ImportPlan second() throws IOException {
    return repository.planImport(
        described(
            Describe.service("site/web").set("config/port", "90").set("config/new", "x"),
            Describe.service("site/hand").set("config/a", "b").enabled(true),
            Describe.service("site/new").enabled(true).dependent("into-db", "site/db")),
        ImportOptions.DEFAULT);
  }

  private Map<String, PropertyGroups> everything() throws IOException {
    Map<String, PropertyGroups> all = new TreeMap<>();
    for (InstanceFmri instance : repository.instances()) {
      all.put(instance + " editing", repository.editing(instance));
      all.put(instance + " running", repository.running(instance));
      for (Layer layer : Layer.values()) {
        all.put(instance + " " + layer, repository.layer(instance, layer));
      }
    }
    return all;
  }

  private static void make(ImportPlan plan) throws IOException {
    assertThat(plan.commit()).isTrue();
  }

  @Test
  void theImageAfterAnImportRestoresWhatTheImportDoes() throws IOException {
    Map<String, PropertyGroups> before = everything();
    ImportPlan plan = second();
    List<EntityImage> old = plan.before();
    List<EntityImage> wanted = plan.after();
    make(plan);
    Map<String, PropertyGroups> imported = everything();
    ImportPlan undo = repository.planRestoration(old);
    assertThat(undo.removed()).contains(NEW, Fmri.parse("svc:/site/new"));
    make(undo);
    assertThat(everything()).isEqualTo(before);
    make(repository.planRestoration(wanted));
    assertThat(everything()).isEqualTo(imported);
  }

  @Test
  void restoringTwiceChangesNothingMore() throws IOException {
    ImportPlan plan = second();
    List<EntityImage> wanted = plan.after();
    make(repository.planRestoration(wanted));
    ImportPlan again = repository.planRestoration(wanted);
    assertThat(again.running()).isEmpty();
    assertThat(again.removed()).isEmpty();
    List<Fmri> touched = new ArrayList<>();
    wanted.forEach(image -> touched.add(image.fmri()));
    assertThat(repository.images(touched)).isEqualTo(wanted);
  }

  @Test
  void theSettingThatSomebodyChangedMeanwhileIsKept() throws IOException {
    ImportPlan plan = second();
    List<EntityImage> old = plan.before();
    make(plan);
    repository.setEnabled(Map.of(WEB, EnabledSetting.permanently(false)), ANNA);
    make(repository.planRestoration(old));
    assertThat(repository.enabled(WEB).permanent()).contains(false);
    assertThat(repository.enabled(InstanceFmri.parse("site/hand")).permanent()).isEmpty();
  }

  private EntityImage web() throws IOException {
    return repository.images(List.of(WEB.serviceFmri())).getFirst();
  }

  private EntityImage imported(Describe service) throws IOException {
    repository.importServices(described(service), ImportOptions.DEFAULT);
    return web();
  }

  private static Describe first(int line) {
    return Describe.service("site/web").atLine(line).set("config/port", "80").enabled(true);
  }

  @Test
  void theSameFromElsewhereIsTheSameConfiguration() throws IOException {
    EntityImage before = imported(first(1).dependent("into-db", "site/db"));
    EntityImage moved = imported(first(100).dependent("into-db", "site/db"));

    assertThat(moved.layers()).isNotEqualTo(before.layers());
    assertThat(moved.isSameConfiguration(before)).isTrue();
    assertThat(imported(first(1).set("config/other", "81")).isSameConfiguration(before)).isFalse();
    assertThat(imported(first(1)).isSameConfiguration(before)).as("without a dependent").isFalse();
    assertThat(EntityImage.missing(WEB.serviceFmri()).isSameConfiguration(before)).isFalse();
  }

  @Test
  void whatAnAdministratorSaysAgainIsTheSameConfiguration() throws IOException {
    EntityImage anna = repository.images(List.of(WEB)).getFirst();
    Origin otto = new Origin.Administrator("otto", 2_000);
    Edit.SetProperty again =
        new Edit.SetProperty(WEB, "config", "port", Optional.empty(), List.of("81"));
    repository.edit(List.of(new Edit.DeleteCustomizations(WEB, "config"), again), true, otto);
    EntityImage same = repository.images(List.of(WEB)).getFirst();
    repository.edit(List.of(new Edit.DeleteCustomizations(WEB, "config")), true, otto);

    assertThat(same.isSameConfiguration(anna)).isTrue();
    assertThat(repository.images(List.of(WEB)).getFirst().isSameConfiguration(anna)).isFalse();
  }

  @Test
  void anImageThatSomebodyDamagedIsRefused() {
    EntityImage damaged = new EntityImage(WEB, true, "!", Optional.empty(), Optional.empty());
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> repository.planRestoration(List.of(damaged)))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("Base64");
  }
}
