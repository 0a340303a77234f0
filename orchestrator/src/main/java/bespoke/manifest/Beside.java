package bespoke.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/// Finds what descriptions need beside them and no search finds, as their formats say
/// ([FormatReader#companions]). Only what lies in the directory of a description or below comes
/// along, whatever links say.
final class Beside {

  private static final int COUNT_MAX = 1000;
  private static final int SIZE_BYTES_MAX = 1 << 20;

  private Beside() {}

  static List<SourceFile> companions(List<SourceFile> files, Formats formats) {
    Map<Path, SourceFile> found = new LinkedHashMap<>();
    for (SourceFile file : files) {
      if (!file.companion() && found.size() < COUNT_MAX) {
        formats
            .recognizing(file)
            .map(reader -> reader.companions(file))
            .orElse(List.of())
            .forEach(name -> {
              for (String one : named(Path.of(file.name()), name)) {
                read(Path.of(file.name()), one)
                    .ifPresent(it -> found.putIfAbsent(Path.of(it.name()).normalize(), it));
              }
            });
      }
    }
    files.forEach(file -> found.remove(Path.of(file.name()).normalize()));
    return List.copyOf(found.values());
  }

  /// The names that a pattern stands for, if it is one in its last component.
  private static List<String> named(Path file, String name) {
    if (!name.matches(".*[*?\\[].*")) {
      return List.of(name);
    }
    List<String> names = new ArrayList<>();
    try {
      Path pattern = file.resolveSibling(name).normalize();
      Path directory = pattern.resolveSibling("");
      String last = String.valueOf(pattern.getFileName());
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, last)) {
        for (Path entry : entries) {
          if (names.size() < COUNT_MAX) {
            names.add(entry.toAbsolutePath().toString());
          }
        }
      }
    } catch (IOException | InvalidPathException | PatternSyntaxException e) {
      return List.of();
    }
    return names.stream().sorted().toList();
  }

  private static Optional<SourceFile> read(Path file, String name) {
    try {
      Path target = file.resolveSibling(name).normalize();
      Path directory = file.toAbsolutePath().getParent();
      boolean isBelow =
          directory != null
              && Files.isRegularFile(target)
              && target.toRealPath().startsWith(directory.toRealPath());
      if (!isBelow) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(target)) {
        return Optional.of(
            new SourceFile(target.toString(), in.readNBytes(SIZE_BYTES_MAX), "", true));
      }
    } catch (IOException | InvalidPathException e) {
      return Optional.empty(); // the reader says what is missing
    }
  }
}
