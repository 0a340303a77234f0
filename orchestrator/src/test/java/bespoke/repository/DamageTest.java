package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Any one file may be cut off or changed anywhere: nothing that was committed is lost.
///
/// `-Dbespoke.damage.step=1` tries every length and every byte, which takes an hour.
class DamageTest {

  private static final int STEP = Integer.getInteger("bespoke.damage.step", 331);

  private static final InstanceFmri WEB = InstanceFmri.parse("site/s1");
  private static final Origin ANNA = new Origin.Administrator("anna", 1_000);

  @TempDir private Path directory;
  private Path good;
  private Path root;

  @BeforeEach
  void fill() throws IOException {
    good = directory.resolve("good");
    root = directory.resolve("root");
    try (RootLock lock = RootLock.acquire(good);
        Repository repository = Repository.open(lock)) {
      for (int i = 0; i < 8; i++) {
        repository.importServices(
            List.of(Describe.service("site/s" + i).set("config/port", "80" + i).build()),
            ImportOptions.DEFAULT);
      }
      repository.edit(
          List.of(new Edit.SetProperty(WEB, "config", "port", Optional.empty(), List.of("99"))),
          true,
          ANNA);
      repository.setEnabled(Map.of(WEB, EnabledSetting.permanently(true)), ANNA);
    }
  }

  private void copy() throws IOException {
    delete(root);
    try (Stream<Path> files = Files.walk(good)) {
      for (Path file : files.toList()) {
        Files.copy(file, root.resolve(good.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// Everything a reader can see.
  private static Map<String, String> content(Path where) throws IOException {
    try (RootLock lock = RootLock.acquire(where);
        Repository repository = Repository.open(lock)) {
      return content(repository);
    }
  }

  private static Map<String, String> content(Repository repository) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (InstanceFmri instance : repository.instances()) {
      content.put(instance + " editing", repository.editing(instance).toString());
      content.put(instance + " running", repository.running(instance).toString());
      content.put(instance + " enabled", repository.enabled(instance).toString());
      for (SnapshotName name : repository.snapshots(instance)) {
        content.put(instance + " " + name, repository.snapshot(instance, name).toString());
      }
    }
    return content;
  }

  private Path file(String name) {
    return root.resolve("repository").resolve(name);
  }

  private Path redo() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("repository"))) {
      return files.filter(f -> f.toString().contains("redo-")).findFirst().orElseThrow();
    }
  }

  @Test
  void aStoreCutOffAtAnyLengthIsRebuilt() throws IOException {
    Map<String, String> before = content(good);
    copy();
    byte[] whole = Files.readAllBytes(file("store.db"));
    int points = 0;
    for (int length = 0; length < whole.length; length += STEP * 6) {
      copy();
      Files.write(file("store.db"), Arrays.copyOf(whole, length));
      assertThat(content(root)).as("cut off at " + length).isEqualTo(before);
      points++;
    }
    assertThat(points).isGreaterThan(10);
  }

  @Test
  void aBitFlippedAnywhereInTheStoreChangesNothing() throws IOException {
    Map<String, String> before = content(good);
    copy();
    byte[] whole = Files.readAllBytes(file("store.db"));
    for (int at = 0; at < whole.length; at += at < 100 ? 3 : STEP) {
      copy();
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(file("store.db"), flipped);
      assertThat(content(root)).as("flipped at " + at).isEqualTo(before);
    }
  }

  @Test
  void aDamagedRedoLogChangesNothingWhenTheStoreIsGood() throws IOException {
    Map<String, String> before = content(good);
    copy();
    byte[] whole = Files.readAllBytes(redo());
    int used = whole.length;
    while (whole[used - 1] == 0) {
      used--;
    }
    for (int at = 0; at < used; at += Math.min(97, STEP)) {
      copy();
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(redo(), flipped);
      assertThat(content(root)).as("flipped at " + at).isEqualTo(before);
      copy();
      Files.write(redo(), Arrays.copyOf(whole, at));
      assertThat(content(root)).as("cut off at " + at).isEqualTo(before);
    }
  }

  @Test
  void theOperatorIsToldWhatHappenedAndTheDamagedFileIsKept() throws IOException {
    copy();
    Files.write(file("store.db"), new byte[5000]);
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      assertThat(repository.messages()).hasSize(1);
      assertThat(repository.messages().getFirst())
          .contains("store.db was damaged")
          .contains("set aside in " + file("damaged-1"))
          .containsPattern("change 1[01] is the last one that is known");
      assertThat(file("damaged-1/store.db")).exists();
    }
  }

  @Test
  void damageInALargeStoreIsFoundByTheReaderAndRepairedByTheNextOpening() throws IOException {
    String[] values = new String[300];
    Arrays.fill(values, "needle".repeat(600));
    String port;
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      for (int i = 0; i < 5; i++) {
        repository.importServices(
            List.of(Describe.service("site/s" + i).set("config/port", values).build()),
            ImportOptions.DEFAULT);
      }
      port = repository.editing(WEB).toString();
    }
    byte[] bytes = Files.readAllBytes(file("store.db"));
    assertThat(bytes.length).isGreaterThan(4 << 20);
    bytes[bytes.length / 2 + 500] ^= 1; // not where SQLite keeps a page number
    Files.write(file("store.db"), bytes);
    try (RootLock lock = RootLock.acquire(root)) {
      try (Repository repository = Repository.open(lock)) {
        assertThat(repository.messages()).isEmpty();
        assertThatThrownBy(() -> content(repository))
            .isInstanceOf(RepositoryException.class)
            .hasMessageContaining("restart svc.startd");
      }
      try (Repository repository = Repository.open(lock)) {
        assertThat(repository.messages().getLast()).contains("rebuilt from");
        assertThat(repository.editing(WEB)).hasToString(port);
        assertThat(repository.verify()).isEmpty();
      }
    }
  }

  @Test
  void aStoreOfALaterVersionIsRefusedAndLeftAlone() throws Exception {
    copy();
    try (Database database = Database.open(file("store.db"), false)) {
      Store.Meta meta = Objects.requireNonNull(Store.Meta.read(database));
      Change later = new Store.Meta(Schema.VERSION + 1, meta.sequence(), meta.next(), 0).toChange();
      database.change(later.sql(), later.values());
    }
    byte[] before = Files.readAllBytes(file("store.db"));
    try (RootLock lock = RootLock.acquire(root)) {
      assertThatThrownBy(() -> Repository.open(lock))
          .isInstanceOf(RepositoryException.class)
          .hasMessageContaining("a later version of the program made it");
    }
    assertThat(Files.readAllBytes(file("store.db"))).isEqualTo(before);
  }

  @Test
  void aMissingStoreIsRebuiltRatherThanEmpty() throws IOException {
    Map<String, String> before = content(good);
    copy();
    Files.delete(file("store.db"));
    assertThat(content(root)).isEqualTo(before);
  }

  @Test
  void withoutBackupAndLogItRefusesToStartEmpty() throws IOException {
    copy();
    delete(file("backup"));
    Files.delete(redo());
    Files.write(file("store.db"), new byte[100]);
    try (RootLock lock = RootLock.acquire(root)) {
      assertThatThrownBy(() -> Repository.open(lock))
          .isInstanceOf(RepositoryException.class)
          .hasMessageContaining("no good backup")
          .hasMessageContaining("move " + root.resolve("repository") + " away");
    }
  }

  @Test
  void whatOnlyTheLogHadIsNamedWhenBothAreDamaged() throws IOException {
    copy();
    Files.write(redo(), new byte[10]);
    Files.write(file("store.db"), new byte[5000]);
    try (RootLock lock = RootLock.acquire(root)) {
      try (Repository repository = Repository.open(lock)) {
        assertThat(repository.messages().getLast()).contains("is the last one that is known");
        assertThat(repository.instances()).isNotEmpty();
      }
    }
  }

  @Test
  void backupsAreMadeAndOnlyTheLastAreKept() throws IOException {
    copy();
    try (RootLock lock = RootLock.acquire(root)) {
      for (int i = 0; i < 8; i++) {
        try (Repository repository = Repository.open(lock)) {
          repository.setEnabled(Map.of(WEB, EnabledSetting.permanently(i % 2 == 0)), ANNA);
          repository.startBackup();
        }
      }
      try (Stream<Path> backups = Files.list(file("backup"))) {
        assertThat(backups.count()).isEqualTo(4);
      }
    }
  }

  @Test
  void aValueThatIsTooLongIsRefusedAndChangesNothing() throws IOException {
    copy();
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      Map<String, String> before = content(repository);
      String longest = "x".repeat(4095);
      assertThat(
              repository
                  .edit(
                      List.of(
                          new Edit.SetProperty(
                              WEB, "config", "port", Optional.empty(), List.of(longest + "y"))),
                      true,
                      ANNA)
                  .problem())
          .isPresent();
      assertThat(content(repository)).isEqualTo(before);
    }
  }
}
