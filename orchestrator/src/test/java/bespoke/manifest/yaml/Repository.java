package bespoke.manifest.yaml;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds files of the source tree from wherever the tests are run.
final class Repository {

  private Repository() {}

  /// A path below the top directory.
  static Path path(String relative) {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory.resolve("services.d"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("the tests run outside of the source tree");
    }
    return directory.resolve(relative);
  }
}
