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
}
