package bespoke.manifest;

import bespoke.manifest.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Loads manifests from files and directories.
public final class Manifests {

  /// Fewer files than this are read one after the other.
  private static final int PARALLEL_MIN = 64;

  private Manifests() {}

  /// As [#load(List, Formats)], what this package reads by itself.
  public static ManifestBundle load(List<Path> operands) {
    return load(operands, Formats.OWN);
  }

  /// Loads files, and all descriptions in directories, sorted by name.
  ///
  /// Nothing is thrown for what is there or not: problems are part of the result. Mistakes that
  /// only show in several files, such as an instance described twice, are problems of the later
  /// one.
  ///
  /// @param operands files (read whatever their name is) and directories (searched below, symbolic
  ///   links followed, hidden files skipped; a file there that no reader recognizes only comes
  ///   along for those that include it)
  public static ManifestBundle load(List<Path> operands, Formats formats) {
    ManifestSearch search = new ManifestSearch();
    operands.forEach(search::add);
    List<ManifestFile> files = read(search.files(), new HashSet<>(operands), formats);
    return new ManifestBundle(files, search.problems());
  }

  /// Loads files that [#find] found; what no reader recognizes only comes along.
  public static ManifestBundle loadFound(List<Path> found, Formats formats) {
    return new ManifestBundle(read(found, Set.of(), formats), List.of());
  }

  private static List<ManifestFile> read(List<Path> paths, Set<Path> named, Formats formats) {
    Map<Path, Problem> unreadable = new ConcurrentHashMap<>();
    List<SourceFile> sources =
        (paths.size() < PARALLEL_MIN ? paths.stream() : paths.parallelStream())
            .map(path -> source(path, named.contains(path), formats, unreadable))
            .toList();
    List<SourceFile> readable =
        sources.stream().filter(file -> !unreadable.containsKey(Path.of(file.name()))).toList();
    List<SourceFile> all = new ArrayList<>(readable);
    all.addAll(Beside.companions(readable, formats));
    List<ManifestFile> files = new ArrayList<>(formats.read(all, ""));
    unreadable.forEach((path, problem) ->
        files.add(new ManifestFile(path.toString(), "", List.of(), List.of(problem))));
    if (!unreadable.isEmpty()) {
      files.sort((a, b) -> Path.of(a.name()).compareTo(Path.of(b.name())));
    }
    return files;
  }

  /// Finds what [#load] would read, without reading it.
  public static FoundManifests find(List<Path> operands) {
    ManifestSearch search = new ManifestSearch();
    operands.forEach(search::add);
    return new FoundManifests(search.files(), search.problems());
  }

  /// Reads one manifest in YAML that is not a file, such as one that a restarter makes.
  ///
  /// @param name for messages and origins
  public static ManifestFile read(String name, byte[] bytes) {
    return Formats.OWN.read(List.of(new SourceFile(name, bytes)), "yaml").getFirst();
  }

  /// Reads one profile in YAML: a manifest in which an instance that says nothing about `enabled`
  /// leaves it as it is.
  ///
  /// @param name for messages and origins
  public static ManifestFile readProfile(String name, byte[] bytes) {
    return Formats.OWN.readProfiles(List.of(new SourceFile(name, bytes)), "yaml").getFirst();
  }

  private static SourceFile source(
      Path path, boolean named, Formats formats, Map<Path, Problem> unreadable) {
    String name = path.toString();
    try {
      String target = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path).toString() : "";
      SourceFile file = new SourceFile(name, content(path, target), target);
      boolean companion = !named && formats.recognizing(file).isEmpty();
      return companion ? new SourceFile(name, file.bytes(), target, true) : file;
    } catch (IOException e) {
      unreadable.put(path, unreadable(name, e));
      return new SourceFile(name, new byte[0]);
    }
  }

  private static byte[] content(Path path, String target) throws IOException {
    if (!target.isEmpty() && !Files.isRegularFile(path)) {
      return new byte[0]; // leads nowhere, or to /dev/null
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(YamlReader.SIZE_BYTES_MAX + 1);
    }
  }

  static Problem unreadable(String name, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "permission denied";
          default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    return new Problem(name, 1, 1, "cannot read it: " + reason, "");
  }
}
