package bespoke.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is done when a reader finds a damaged row: the next opening is told to look at everything,
/// and rebuilds the store.
final class Damage {

  private Damage() {}

  /// The file whose existence says that the store is suspect.
  static Path marker(Path directory) {
    return directory.resolve("suspect");
  }

  /// Remembers the suspicion.
  ///
  /// @param store the damaged file
  /// @param what was found
  static RepositoryException found(Path store, String what, @Nullable Exception e) {
    RepositoryException damage =
        new RepositoryException(
            "cannot read "
                + store
                + ": "
                + what
                + "; restart svc.startd, which rebuilds a damaged repository",
            e);
    try {
      Path marker = store.resolveSibling("suspect");
      if (!Files.exists(marker)) {
        Files.createFile(marker, PrivateFiles.FILE);
      }
    } catch (IOException unable) {
      damage.addSuppressed(unable);
    }
    return damage;
  }
}
