package bespoke.daemon;

import bespoke.manifest.FoundManifests;
import bespoke.manifest.ManifestBundle;
import bespoke.manifest.Manifests;
import bespoke.repository.ManifestFile;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The directories whose service descriptions the daemon imports: what changed, appeared or
/// vanished since the last import. Files that look the same (size and time) are not read again.
final class ManifestDirectories {
  private final List<Path> directories;

  ManifestDirectories(List<Path> directories) {
    this.directories =
        directories.stream().map(directory -> directory.toAbsolutePath().normalize()).toList();
  }

  /// What is to be done.
  ///
  /// @param bundle the files that changed or appeared, read
  /// @param files those of them that are clean, to be remembered when they were imported
  /// @param vanished files that brought something once and are gone
  record Changes(ManifestBundle bundle, List<ManifestFile> files, List<Path> vanished) {
    boolean isEmpty() {
      return bundle.files().isEmpty() && bundle.unread().isEmpty() && vanished.isEmpty();
    }
  }

  /// Looks at all directories.
  Changes look(Repository repository) throws RepositoryException {
    Map<Path, ManifestFile> known = repository.manifestFiles();
    FoundManifests found = Manifests.find(directories);
    List<Path> changed = new ArrayList<>();
    Set<Path> there = new HashSet<>();
    for (Path path : found.files()) {
      there.add(path);
      if (!isSame(path, known.get(path))) {
        changed.add(path);
      }
    }
    ManifestBundle read =
        changed.isEmpty() ? new ManifestBundle(List.of(), List.of()) : load(changed);
    return new Changes(
        new ManifestBundle(read.files(), found.problems()),
        remembered(read),
        vanished(known, there));
  }

  /// Reads them as found, not as named: what no reader recognizes is left alone.
  private static ManifestBundle load(List<Path> changed) {
    return Manifests.loadFound(changed, ManifestFormats.ALL);
  }

  private static boolean isSame(Path path, @org.jspecify.annotations.Nullable ManifestFile known) {
    if (known == null) {
      return false;
    }
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return now.size() == known.sizeBytes()
          && now.lastModifiedTime().to(TimeUnit.NANOSECONDS) == known.modifiedEpochNanos();
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<ManifestFile> remembered(ManifestBundle read) {
    List<ManifestFile> files = new ArrayList<>();
    for (var file : read.files()) {
      if (!file.isClean()) {
        continue;
      }
      Path path = Path.of(file.name());
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        files.add(
            new ManifestFile(
                path,
                file.sha256(),
                now.size(),
                now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                file.services().stream().map(service -> service.fmri()).toList()));
      } catch (IOException gone) {
        // It is looked at again next time.
      }
    }
    return files;
  }

  private List<Path> vanished(Map<Path, ManifestFile> known, Set<Path> there) {
    List<Path> vanished = new ArrayList<>();
    for (Path path : known.keySet()) {
      boolean ours = directories.stream().anyMatch(path::startsWith);
      if (ours && !there.contains(path) && !Files.exists(path)) {
        vanished.add(path);
      }
    }
    return vanished;
  }
}
