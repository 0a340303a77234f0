package bespoke.supervisor.server;

import bespoke.supervisor.config.ServerConfig;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Automatic logs: files with unused names in `childlogdir`.
public final class AutoLog {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_";
  private static final int ATTEMPTS_MAX = 100;

  private AutoLog() {}

  /// Makes an empty one that only its owner can read.
  static Path create(ServerConfig server, String process, String stream) throws IOException {
    var onlyOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    for (int attempt = 0; ; attempt++) {
      var name = new StringBuilder(process + "-" + stream + "---" + server.identifier() + "-");
      for (int i = 0; i < 8; i++) {
        name.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
      }
      try {
        return Files.createFile(
            Path.of(server.childLogDirectory())
                .toAbsolutePath()
                .resolve(name.append(".log").toString()),
            onlyOwner);
      } catch (java.nio.file.FileAlreadyExistsException e) {
        if (attempt >= ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  /// Removes those of earlier servers with the same identifier.
  ///
  /// @param keep files that are still written
  public static void removeOld(ServerConfig server, Set<Path> keep) {
    Pattern ours =
        Pattern.compile(
            ".+---" + Pattern.quote(server.identifier()) + "-[a-z0-9_]{8}\\.log(\\.\\d{0,4})?");
    Path directory = Path.of(server.childLogDirectory()).toAbsolutePath();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (ours.matcher(file.getFileName().toString()).matches() && !keep.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException _) {
      // an old log that cannot be removed is in nobody's way
    }
  }
}
