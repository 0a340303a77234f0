package bespoke.cli.shell;

import bespoke.api.DescriptionNames;
import bespoke.api.SourceText;
import bespoke.api.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads the files that are handed to the daemon; directories stand for the descriptions in them,
/// and what a file includes comes along.
final class SourceFiles {

  private static final long BYTES_MAX = Wire.REQUEST_BYTES_MAX / 2;
  private static final int DEPTH_MAX = 16;
  private final Map<Path, SourceText> files = new LinkedHashMap<>();
  private final Deque<Path> companions = new ArrayDeque<>();
  private long bytes;

  private SourceFiles() {}

  /// The files in the order of their names, then their companions.
  ///
  /// @throws ShellException if one cannot be read, or they are too many for one request
  static List<SourceText> read(List<String> names) throws ShellException {
    SourceFiles reading = new SourceFiles();
    for (String name : names) {
      Path path = path(name);
      if (Files.isDirectory(path)) {
        reading.directory(path);
      } else {
        reading.add(path, false);
      }
    }
    while (!reading.companions.isEmpty()) {
      Path companion = reading.companions.removeFirst();
      if (!reading.files.containsKey(companion)) {
        reading.add(companion, true);
      }
    }
    return List.copyOf(reading.files.values());
  }

  private static Path path(String name) throws ShellException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new ShellException("cannot read a file of that name: " + e.getReason());
    }
  }

  private void add(Path file, boolean companion) throws ShellException {
    byte[] content = content(file);
    bytes += content.length;
    if (bytes > BYTES_MAX) {
      throw new ShellException(
          "the files are longer than " + BYTES_MAX + " bytes together; import fewer at once");
    }
    String text = new String(content, StandardCharsets.UTF_8);
    // the daemon runs in another directory, and these say where they are
    Path named = Companions.isPlaced(file, text) ? file.toAbsolutePath().normalize() : file;
    files.put(named, SourceText.of(named.toString(), content, link(file), companion));
    companions.addAll(Companions.of(named, text));
  }

  private static String link(Path file) throws ShellException {
    try {
      return Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : "";
    } catch (IOException e) {
      throw new ShellException("cannot read " + file + ": " + e.getMessage());
    }
  }

  /// The content; a link that leads nowhere, or to a device, has none.
  private static byte[] content(Path file) throws ShellException {
    if (Files.isSymbolicLink(file) && !Files.isRegularFile(file)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) BYTES_MAX + 1);
    } catch (IOException e) {
      String why = Files.exists(file) ? String.valueOf(e.getMessage()) : "it does not exist";
      throw new ShellException("cannot read " + file + ": " + why);
    }
  }

  private void directory(Path directory) throws ShellException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(directory, DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
      tree.filter(path -> isDescription(directory, path)).sorted().forEach(found::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new ShellException("cannot read " + directory + ": " + e.getMessage());
    }
    for (Path path : found) {
      add(path, isPart(path));
    }
  }

  /// Whether a file of a directory is XML that is no description, and only comes along for those
  /// that include it.
  private static boolean isPart(Path path) throws ShellException {
    return path.toString().endsWith(".xml")
        && !new String(content(path), StandardCharsets.ISO_8859_1)
            .replace("\0", "")
            .contains("<service_bundle");
  }

  private static boolean isDescription(Path top, Path path) {
    for (Path part : top.relativize(path)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    boolean file = Files.isRegularFile(path) || Files.isSymbolicLink(path) && !Files.exists(path);
    return file && DescriptionNames.isDescription(path);
  }
}
