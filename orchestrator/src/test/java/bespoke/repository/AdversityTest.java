package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the machine may do to the store: no room, no right, a file system that cannot be written,
/// another machine, another time. Each has an outcome and a message, and nothing that was answered
/// is lost.
class AdversityTest {

  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  private static final Origin ANNA = new Origin.Administrator("anna", 3_600_000);

  @TempDir private Path directory;
  private boolean mounted;

  private static int run(String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// A file system of its own, a few megabytes.
  private Path mount() throws IOException {
    Path place = Files.createDirectories(directory.resolve("small"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place.toString()) == 0;
    assumeTrue(mounted, "needs the right to mount a tmpfs");
    return place;
  }

  @AfterEach
  void unmount() throws IOException {
    if (mounted) {
      run("mount", "-o", "remount,rw", directory.resolve("small").toString());
      run("umount", directory.resolve("small").toString());
    }
  }

  private static void importWeb(Repository repository) throws IOException {
    repository.importServices(
        List.of(Describe.service("site/web").set("config/n", "0").build()), ImportOptions.DEFAULT);
  }

  private static void set(Repository repository, String value, Origin by) throws IOException {
    EditReport report =
        repository.edit(
            List.of(new Edit.SetProperty(WEB, "config", "n", Optional.empty(), List.of(value))),
            true,
            by);
    assertThat(report.problem()).isEmpty();
  }

  private static String value(Repository repository) throws IOException {
    return repository.editing(WEB).single("config", "n").orElse("none");
  }

  /// Fills the file system up to some bytes.
  private static Path ballast(Path place, long left) throws IOException {
    Path ballast = place.resolve("ballast");
    long bytes = Files.getFileStore(place).getUsableSpace() - left;
    Files.write(ballast, new byte[(int) Math.max(0, bytes)]);
    return ballast;
  }

  @Test
  void aFullDiskAtAnyWriteLeavesWhatWasAnswered() throws IOException {
    Path place = mount();
    int refused = 0;
    int made = 0;
    for (int pages = 0; pages < 40; pages += 2) {
      Path root = Files.createDirectories(place.resolve("root"));
      try (RootLock lock = RootLock.acquire(root)) {
        String answered = "0";
        try (Repository repository = Repository.open(lock)) {
          importWeb(repository);
        } // the backup is made
        try (Repository repository = Repository.open(lock)) {
          Path ballast = ballast(place, pages * 4096L);
          for (int i = 1; i <= 20; i++) {
            String wanted = "v".repeat(i * 40) + i;
            try {
              set(repository, wanted, ANNA);
              answered = wanted;
              made++;
            } catch (RepositoryException e) {
              refused++;
              assertThat(e).hasMessageContaining("cannot write");
            }
            assertThat(value(repository)).isEqualTo(answered);
          }
          Files.delete(ballast);
        }
        try (Repository repository = Repository.open(lock)) {
          assertThat(repository.messages()).isEmpty();
          assertThat(value(repository)).as(pages + " pages").isEqualTo(answered);
          assertThat(repository.verify()).isEmpty();
          set(repository, "again", ANNA);
        }
      }
      delete(root);
    }
    assertThat(refused).isGreaterThan(100);
    assertThat(made).isGreaterThan(100);
  }

  @Test
  void anOpeningWithoutRoomIsRefusedAndHarmsNothing() throws IOException {
    Path place = mount();
    Path root = Files.createDirectories(place.resolve("root"));
    try (RootLock lock = RootLock.acquire(root)) {
      try (Repository repository = Repository.open(lock)) {
        importWeb(repository);
        set(repository, "kept", ANNA);
      }
      for (int pages = 0; pages < 80; pages += 7) {
        Path ballast = ballast(place, pages * 4096L);
        try (Repository repository = Repository.open(lock)) {
          assertThat(value(repository)).isEqualTo("kept");
        } catch (RepositoryException e) {
          assertThat(e).hasMessageContaining("no space left");
        }
        Files.delete(ballast);
      }
      try (Repository repository = Repository.open(lock)) {
        assertThat(value(repository)).isEqualTo("kept");
        assertThat(repository.verify()).isEmpty();
      }
    }
  }

  @Test
  void aReadOnlyFileSystemIsNamedAndLeftAsItIs() throws IOException {
    Path place = mount();
    Path root = Files.createDirectories(place.resolve("root"));
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      importWeb(repository);
    }
    assertThat(run("mount", "-o", "remount,ro", place.toString())).isZero();
    assertThatThrownBy(() -> RootLock.acquire(root))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining(root.toString())
        .hasMessageContaining("Read-only file system")
        .hasMessageContaining("--root");
    assertThat(run("mount", "-o", "remount,rw", place.toString())).isZero();
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      assertThat(value(repository)).isEqualTo("0");
    }
  }

  /// Opens a repository and tells what happened. For another process.
  static final class Opener {

    private Opener() {}

    /// @param arguments the root directory
    public static void main(String[] arguments) throws IOException {
      try (RootLock lock = RootLock.acquire(Path.of(arguments[0]));
          Repository repository = Repository.open(lock)) {
        System.out.println("opened " + value(repository));
      } catch (RepositoryException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  private static String open(Path root, String... prefix) throws IOException {
    List<String> command =
        Stream.concat(
                Arrays.stream(prefix),
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Opener.class.getName(),
                    root.toString()))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void withoutPermissionNothingIsTouchedAndThePersonIsTold() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    Path root = directory.resolve("root");
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      importWeb(repository);
    }
    String told =
        open(root, "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    assumeTrue(
        told.contains("refused") || told.contains("opened"), "nobody cannot read our classes");
    assertThat(told).contains("refused: cannot use the directory " + root, "permission denied");
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      assertThat(value(repository)).isEqualTo("0");
    }
  }

  @Test
  void aSecondWriterIsRefusedWithThePidOfTheFirst() throws IOException {
    Path root = directory.resolve("root");
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      importWeb(repository);
      assertThat(open(root))
          .startsWith("refused: ")
          .contains(Long.toString(ProcessHandle.current().pid()));
      set(repository, "mine", ANNA);
      assertThat(value(repository)).isEqualTo("mine");
    }
    assertThat(open(root)).isEqualTo("opened mine\n");
  }

  @Test
  void aRootDirectoryFromAnotherMachineKeepsItsSettingsAndIsNamed() throws IOException {
    Path root = directory.resolve("root");
    try (RootLock lock = RootLock.acquire(root)) {
      try (Repository repository = StoreRepository.open(lock, "machine-one")) {
        importWeb(repository);
        repository.setEnabled(Map.of(WEB, EnabledSetting.permanently(true)), ANNA);
        assertThat(repository.messages()).isEmpty();
      }
      try (Repository repository = StoreRepository.open(lock, "machine-two")) {
        assertThat(repository.messages().getFirst())
            .contains("was used by another machine before (machine-one)");
        assertThat(repository.enabled(WEB).permanent()).contains(true);
      }
      try (Repository repository = StoreRepository.open(lock, "machine-two")) {
        assertThat(repository.messages()).isEmpty();
      }
      try (Repository repository = StoreRepository.open(lock, "")) {
        assertThat(repository.messages()).isEmpty();
      }
    }
  }

  @Test
  void aCopyOfARootDirectoryDoesNotTakeOverWhatRunsForTheOriginal() throws IOException {
    Path run = directory.resolve("root/run");
    try (VolatileStore store = VolatileStore.open(run, "boot")) {
      store.putOverride(WEB, Optional.of(new EnabledOverride(true, "mine")));
      store.flush();
    }
    Path copy = directory.resolve("copy/run");
    Files.createDirectories(copy);
    Files.copy(run.resolve("volatile"), copy.resolve("volatile"));
    try (VolatileStore store = VolatileStore.open(copy, "boot")) {
      assertThat(store.isCopied()).isTrue();
      assertThat(store.isOfThisBoot()).isFalse();
      assertThat(store.override(WEB)).isEmpty();
    }
    Files.move(directory.resolve("root"), directory.resolve("moved"));
    try (VolatileStore store = VolatileStore.open(directory.resolve("moved/run"), "boot")) {
      assertThat(store.isOfThisBoot()).isTrue();
      assertThat(store.override(WEB)).isPresent();
    }
  }

  @Test
  void aClockThatWasSetBackChangesNoOrder() throws IOException {
    Path root = directory.resolve("root");
    try (RootLock lock = RootLock.acquire(root)) {
      try (Repository repository = Repository.open(lock)) {
        importWeb(repository);
        set(repository, "before", new Origin.Administrator("anna", 3_600_000));
        repository.startBackup();
        set(repository, "after", new Origin.Administrator("anna", 0)); // an hour earlier
      }
      Files.write(root.resolve("repository/store.db"), new byte[5000]);
      try (Repository repository = Repository.open(lock)) {
        assertThat(repository.messages().getLast()).contains("rebuilt from");
        assertThat(value(repository)).isEqualTo("after");
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
