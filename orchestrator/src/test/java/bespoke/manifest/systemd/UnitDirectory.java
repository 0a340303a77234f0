package bespoke.manifest.systemd;

import bespoke.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The unit files of real directories, as an import would offer them.
final class UnitDirectory {

  private UnitDirectory() {}

  static List<SourceFile> files(List<Path> directories) throws IOException {
    Stream.Builder<SourceFile> files = Stream.builder();
    for (Path directory : directories) {
      try (Stream<Path> found = Files.walk(directory)) {
        for (Path file : found.sorted().toList()) {
          if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
              && Place.of(file.toString()).isPresent()) {
            files.add(file(file));
          }
        }
      }
    }
    return files.build().toList();
  }

  private static SourceFile file(Path file) throws IOException {
    String link = Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : "";
    byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    return new SourceFile(file.toString(), bytes, link);
  }
}
