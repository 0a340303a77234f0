package bespoke.manifest;

import bespoke.api.DescriptionNames;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds manifests in directories, bounded in depth and number.
final class ManifestSearch {

  /// Directories inside of directories.
  static final int DEPTH_MAX = 8;

  /// Manifests altogether.
  static final int FILES_MAX = 100_000;

  /// Files of any kind that are looked at.
  static final int VISITS_MAX = 1_000_000;

  private final Set<Path> files = new TreeSet<>();
  private final List<Problem> problems = new ArrayList<>();

  void add(Path operand) {
    if (Files.isDirectory(operand)) {
      directory(operand);
    } else if (Files.isRegularFile(operand) || isUnitLink(operand)) {
      files.add(operand);
    } else {
      String what = Files.exists(operand) ? "cannot read it: not a file" : "cannot find it";
      problems.add(
          new Problem(operand.toString(), 1, 1, what, "name a file or a directory of manifests"));
    }
  }

  /// Sorted by name.
  List<Path> files() {
    return List.copyOf(files);
  }

  List<Problem> problems() {
    return problems;
  }

  private void directory(Path directory) {
    try {
      Files.walkFileTree(
          directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH_MAX, new Visitor(directory));
    } catch (IOException e) {
      problems.add(Manifests.unreadable(directory.toString(), e));
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private int visits;

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return !directory.equals(root) && isHidden(directory)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (++visits > VISITS_MAX || files.size() >= FILES_MAX) {
        problems.add(
            new Problem(
                root.toString(), 1, 1, "cannot read a directory of so many files", "split it"));
        return FileVisitResult.TERMINATE;
      }
      boolean readable = attributes.isRegularFile() || isUnitLink(file);
      if (readable && isManifest(file) && !isHidden(file)) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      boolean loop = e instanceof FileSystemLoopException;
      boolean matters = !loop && !isHidden(file) && (isManifest(file) || Files.isDirectory(file));
      if (matters) {
        problems.add(Manifests.unreadable(file.toString(), e));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      if (e != null) {
        problems.add(Manifests.unreadable(directory.toString(), e));
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private static boolean isManifest(Path file) {
    return DescriptionNames.isDescription(file);
  }

  private static boolean isUnitLink(Path file) {
    return Files.isSymbolicLink(file) && DescriptionNames.isUnit(file);
  }
}
