package bespoke.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The directories that the kernel looks into to find a file, and the name it looks for in each;
/// symbolic links are followed.
final class PathSteps {
  /// The kernel's own limit (path_resolution(7)).
  private static final int LINKS_MAX = 40;

  /// A name in a directory.
  record Step(Path directory, String name) {}

  private PathSteps() {}

  /// The steps to a file, ending at the first directory that does not exist.
  static List<Step> of(Path file) {
    List<Step> steps = new ArrayList<>();
    Deque<Path> names = new ArrayDeque<>();
    push(names, file);
    Path at = Path.of("/");
    int links = 0;
    while (!names.isEmpty()) {
      String name = names.pop().toString();
      if (name.equals("..")) {
        at = at.getParent() == null ? at : at.getParent();
        continue;
      }
      if (name.equals(".") || name.isEmpty()) {
        continue;
      }
      steps.add(new Step(at, name));
      Path next = at.resolve(name);
      if (Files.isSymbolicLink(next) && links < LINKS_MAX) {
        links++;
        try {
          Path target = Files.readSymbolicLink(next);
          at = target.isAbsolute() ? Path.of("/") : at;
          push(names, target);
        } catch (IOException _) {
          return steps;
        }
      } else if (names.isEmpty() || !Files.isDirectory(next)) {
        return steps;
      } else {
        at = next;
      }
    }
    return steps;
  }

  private static void push(Deque<Path> names, Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      names.push(path.getName(i));
    }
  }
}
