package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootLockTest {

  @TempDir private Path directory;

  @Test
  void aSecondDaemonIsRefusedWithThePidOfTheFirst() throws IOException {
    Path root = directory.resolve("root");
    try (RootLock first = RootLock.acquire(root)) {
      assertThat(first.root()).isEqualTo(root);
      assertThatThrownBy(() -> RootLock.acquire(root))
          .isInstanceOf(RootLockedException.class)
          .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
    }
    RootLock.acquire(root).close();
  }

  @Test
  void aLockFileThatWasLeftBehindMeansNothing() throws IOException {
    Files.writeString(directory.resolve("lock"), "1\n");
    RootLock.acquire(directory).close();
  }

  @Test
  void onlyTheOwnerMayRead() throws IOException {
    Path root = directory.resolve("root");
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      repository.importServices(
          List.of(Describe.service("site/web").build()), ImportOptions.DEFAULT);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
          .isEqualTo("rwx------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(root.resolve("repository/store.db"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path root = Files.writeString(directory.resolve("root"), "");
    assertThatThrownBy(() -> RootLock.acquire(root))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("cannot use the directory " + root)
        .hasMessageContaining("--root");
  }
}
