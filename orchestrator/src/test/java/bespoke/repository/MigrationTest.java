package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores that earlier versions of the program wrote. The files of version 1 were left by it as a
/// crash would: the store lacks the last change, which only its redo log has.
class MigrationTest {

  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  private static final InstanceFmri DB = InstanceFmri.parse("site/db");

  @TempDir private Path root;

  @BeforeEach
  void unpack() throws IOException {
    unpack("store.db", "repository");
    unpack("redo-0000000000000001", "repository");
    unpack("volatile", "run");
  }

  private void unpack(String name, String directory) throws IOException {
    Path file = Files.createDirectories(root.resolve(directory)).resolve(name);
    try (InputStream packed =
            Objects.requireNonNull(
                MigrationTest.class.getResourceAsStream("version-1-" + name + ".gz"));
        InputStream in = new GZIPInputStream(packed)) {
      Files.copy(in, file);
    }
  }

  private static void everythingIsThere(Repository repository) throws IOException {
    assertThat(repository.instances()).containsExactlyInAnyOrder(WEB, DB);
    assertThat(repository.editing(WEB).single("config", "port")).contains("8080");
    assertThat(repository.editing(WEB).single("config", "host")).contains("a");
    assertThat(repository.running(WEB).single("config", "port")).contains("80");
    assertThat(repository.enabled(WEB).permanent()).contains(true);
    assertThat(repository.editing(DB).group("on-web")).isPresent();
    assertThat(repository.customizations(WEB).getFirst().origin().toString()).contains("anna");
    assertThat(repository.verify()).isEmpty();
  }

  @Test
  void aStoreOfVersionOneIsBroughtToThePresentWithEverythingInIt() throws IOException {
    try (RootLock lock = RootLock.acquire(root)) {
      try (Repository repository = Repository.open(lock)) {
        assertThat(repository.messages().getFirst())
            .contains("is of version 2 now, after version 1");
        everythingIsThere(repository);
      }
      try (Repository repository = Repository.open(lock)) {
        assertThat(repository.messages()).isEmpty();
        everythingIsThere(repository);
      }
    }
  }

  @Test
  void aBackupOfVersionOneAndTheLogSinceGiveThePresent() throws IOException {
    Path store = root.resolve("repository/store.db");
    try (RootLock lock = RootLock.acquire(root)) {
      try (Repository repository = Repository.open(lock)) {
        repository.edit(
            List.of(new Edit.SetProperty(WEB, "config", "port", Optional.empty(), List.of("9090"))),
            true,
            new Origin.Administrator("anna", 2_000));
      }
      Files.write(store, new byte[5000]);
      try (Repository repository = Repository.open(lock)) {
        assertThat(repository.messages().getLast()).contains("rebuilt from the backup");
        assertThat(repository.editing(WEB).single("config", "port")).contains("9090");
        assertThat(repository.enabled(WEB).permanent()).contains(true);
        assertThat(repository.verify()).isEmpty();
      }
    }
  }

  @Test
  void theVolatileStateOfVersionOneIsTakenOver() throws IOException {
    try (VolatileStore store = VolatileStore.open(root.resolve("run"), "boot-1")) {
      assertThat(store.isOfThisBoot()).isTrue();
      assertThat(store.override(WEB).map(EnabledOverride::comment)).contains("kept");
    }
    try (VolatileStore store = VolatileStore.open(root.resolve("run"), "boot-1")) {
      assertThat(store.override(WEB)).isPresent();
    }
  }
}
