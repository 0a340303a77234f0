package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.repository.Edit;
import bespoke.repository.Repository;
import bespoke.repository.RootLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the import at boot reads again when one file of several changed.
class ManifestImportTest {
  private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

  @TempDir Path directory;
  private Path manifests;
  private RootLock lock;
  private Repository repository;
  private ManifestDirectories directories;
  private ManifestImport boot;

  @BeforeEach
  void open() throws Exception {
    manifests = Files.createDirectory(directory.resolve("m"));
    new Layout(directory.resolve("r")).prepare();
    lock = RootLock.acquire(directory.resolve("r"));
    repository = Repository.open(lock);
    directories = new ManifestDirectories(List.of(manifests));
    KnownDefinitions definitions =
        new KnownDefinitions(CompletableFuture.completedFuture(repository), (_, _) -> {});
    boot =
        new ManifestImport(
            repository, new ServiceImport(repository, definitions, _ -> List.of()), directories);
  }

  @AfterEach
  void close() throws Exception {
    repository.close();
    lock.close();
  }

  private void xml(String name, String inside) throws Exception {
    Files.writeString(
        manifests.resolve(name),
        "<service_bundle type='manifest' name='x'>" + inside + "</service_bundle>");
  }

  private static String service(String name, String inside) {
    return "<service name='" + name + "' type='service' version='1'>" + inside + "</service>";
  }

  private static String group(String name, String value) {
    return "<property_group name='"
        + name
        + "' type='application'><propval name='p' type='astring' value='"
        + value
        + "'/></property_group>";
  }

  private String value(String group) throws Exception {
    return repository.instance(WEB).orElseThrow().running().single(group, "p").orElse("none");
  }

  private static final String DEFAULT = "<create_default_instance enabled='false'/>";

  @Test
  void aChangedFileOfAServiceOfSeveralFilesTakesNothingAway() throws Exception {
    xml("a.xml", service("site/web", DEFAULT + group("a", "1")));
    xml("b.xml", service("site/web", group("b", "1")));
    assertThat(boot.importChanges(true).report().problems()).isEmpty();
    xml("b.xml", service("site/web", group("b", "two")));
    assertThat(boot.importChanges(true).report().problems()).isEmpty();
    assertThat(value("a")).isEqualTo("1");
    assertThat(value("b")).isEqualTo("two");
  }

  @Test
  void aChangedIncludeIsNoticed() throws Exception {
    xml("a.xml", "<xi:include href='part.xml'/>");
    Files.writeString(
        manifests.resolve("part.xml"), service("site/web", DEFAULT + group("a", "1")));
    boot.importChanges(true);
    Files.writeString(
        manifests.resolve("part.xml"), service("site/web", DEFAULT + group("a", "two")));
    boot.importChanges(true);
    assertThat(value("a")).isEqualTo("two");
  }

  @Test
  void whereNothingChangedNothingIsRead() throws Exception {
    xml("a.xml", "<xi:include href='part.xml'/>");
    Files.writeString(manifests.resolve("part.xml"), service("site/web", DEFAULT));
    Files.writeString(manifests.resolve("notes.xml"), "<notes/>");
    boot.importChanges(true);
    ManifestDirectories.Changes changes = directories.look(repository);
    assertThat(changes.isEmpty()).isTrue();
    assertThat(changes.files()).isEmpty();
  }

  @Test
  void aChangeBringsNothingBackThatAnAdministratorDeleted() throws Exception {
    xml("a.xml", service("site/web", DEFAULT));
    xml("b.xml", service("site/other", DEFAULT));
    boot.importChanges(true);
    repository.edit(List.of(new Edit.DeleteEntity(WEB)), true, Origin.UNKNOWN);
    xml("b.xml", service("site/other", DEFAULT + group("b", "1")));
    boot.importChanges(true);
    assertThat(repository.instance(WEB)).isEmpty();
  }

  private void file(String name, String... lines) throws Exception {
    Path file = manifests.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, List.of(lines));
  }

  private String single(String instance, String group, String property) throws Exception {
    return repository
        .instance(InstanceFmri.parse(instance))
        .map(found -> found.running().single(group, property).orElse("none"))
        .orElse("no instance");
  }

  @Test
  void aDropInThatAppearsIsReadWithItsUnit() throws Exception {
    file("web.service", "[Service]", "ExecStart=/bin/web");
    file("db.service", "[Service]", "ExecStart=/bin/db");
    assertThat(boot.importChanges(true).report().problems()).isEmpty();
    file("web.service.d/local.conf", "[Service]", "Restart=always", "Nice=5");
    assertThat(boot.importChanges(true).report().problems()).isEmpty();
    assertThat(single("svc:/systemd/web:default", "method_context", "nice")).isEqualTo("5");
    assertThat(single("svc:/systemd/web:default", "start", "exec")).isEqualTo("/bin/web");
    Files.writeString(manifests.resolve("web.service.d/local.conf"), "[Service]\nNice=17\n");
    boot.importChanges(true);
    assertThat(single("svc:/systemd/web:default", "method_context", "nice")).isEqualTo("17");
    assertThat(directories.look(repository).isEmpty()).isTrue();
  }

  @Test
  void anOverrideAndAnIncludeOfACompositionAreReadWithIt() throws Exception {
    file("shop/compose.yaml", "include: [parts/db.yaml]", "services:", "  web: {command: web}");
    file("shop/parts/db.yaml", "services:", "  db: {command: db, env_file: db.env}");
    file("shop/parts/db.env", "A=1");
    assertThat(boot.importChanges(true).report().problems()).isEmpty();
    assertThat(single("svc:/shop/db:default", "start", "exec")).isEqualTo("db");
    file("shop/parts/db.yaml", "services:", "  db: {command: db --fast}");
    assertThat(boot.importChanges(true).report().problems()).isEmpty();
    assertThat(single("svc:/shop/db:default", "start", "exec")).isEqualTo("db --fast");
    assertThat(single("svc:/parts/db:default", "start", "exec")).isEqualTo("no instance");
    file("shop/compose.override.yaml", "services:", "  web: {command: web --debug}");
    assertThat(boot.importChanges(true).report().problems()).isEmpty();
    assertThat(single("svc:/shop/web:default", "start", "exec")).isEqualTo("web --debug");
    assertThat(directories.look(repository).isEmpty()).isTrue();
  }

  @Test
  void whatClosesACycleIsRefusedAndTheRestIsImportedEachSetOfFilesByItself() throws Exception {
    String all = "grouping='require_all' restart_on='none' type='service'";
    String on = "<dependency name='d' " + all + "><service_fmri value='svc:/%s'/></dependency>";
    xml("a.xml", service("site/a", DEFAULT + on.formatted("site/b")));
    xml("b.xml", service("site/b", DEFAULT + on.formatted("site/a")));
    xml("c.xml", service("site/web", DEFAULT + group("c", "1")));
    xml("d.xml", service("site/web", group("d", "1")));
    var report = boot.importChanges(true).report();
    assertThat(report.problems())
        .anyMatch(problem -> problem.message().contains("lead back to itself"));
    assertThat(value("c")).isEqualTo("1");
    assertThat(value("d")).isEqualTo("1");
    boolean a = repository.instance(InstanceFmri.parse("svc:/site/a:default")).isPresent();
    boolean b = repository.instance(InstanceFmri.parse("svc:/site/b:default")).isPresent();
    assertThat(a && b).isFalse();
  }
}
