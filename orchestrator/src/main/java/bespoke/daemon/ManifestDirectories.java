package bespoke.daemon;

import bespoke.manifest.FoundManifests;
import bespoke.manifest.ManifestBundle;
import bespoke.manifest.Manifests;
import bespoke.model.ServiceFmri;
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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// The directories whose service descriptions the daemon imports: what changed, appeared or
/// vanished since the last import. Files that look the same (size and time) are not read again.
final class ManifestDirectories {
  /// Of a file that no reader recognizes: whether it changed is told by its size and time.
  private static final String NO_HASH = "0".repeat(64);

  private final List<Path> directories;

  ManifestDirectories(List<Path> directories) {
    this.directories =
        directories.stream().map(directory -> directory.toAbsolutePath().normalize()).toList();
  }

  /// What is to be done.
  ///
  /// @param bundle the files that changed or appeared, read with those that they belong to
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
    Set<Path> changed = new TreeSet<>();
    Set<Path> there = new HashSet<>();
    for (Path path : found.files()) {
      there.add(path);
      if (!isSame(path, known.get(path))) {
        changed.add(path);
      }
    }
    List<bespoke.manifest.ManifestFile> read =
        changed.isEmpty()
            ? List.of()
            : new ReadTogether(directories, found.files(), known).read(changed);
    return new Changes(
        new ManifestBundle(read, found.problems()),
        remembered(read, changed),
        vanished(known, there));
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

  /// What was read without a mistake, and what changed but is only a part of others.
  private static List<ManifestFile> remembered(
      List<bespoke.manifest.ManifestFile> read, Set<Path> changed) {
    List<ManifestFile> files = new ArrayList<>();
    Set<Path> parts = new TreeSet<>(changed);
    for (var file : read) {
      Path path = Path.of(file.name());
      parts.remove(path);
      if (file.isClean()) {
        List<ServiceFmri> services = file.services().stream().map(it -> it.fmri()).toList();
        remember(path, file.sha256(), services, files);
      }
    }
    parts.forEach(path -> remember(path, NO_HASH, List.of(), files));
    return files;
  }

  private static void remember(
      Path path, String sha256, List<ServiceFmri> services, List<ManifestFile> files) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      long modified = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      files.add(new ManifestFile(path, sha256, now.size(), modified, services));
    } catch (IOException gone) {
      // It is looked at again next time.
    }
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
