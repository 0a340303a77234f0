package bespoke.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Programs of the machine that launching may need, found by looking.
final class Tools {
  private static final List<String> DIRECTORIES =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

  private Tools() {}

  /// The shell of POSIX. It does not move while we run.
  static Optional<String> shell() {
    return Shell.PATH;
  }

  private static final class Shell {
    static final Optional<String> PATH =
        Files.isExecutable(Path.of("/bin/sh")) ? Optional.of("/bin/sh") : find("sh");
  }

  /// A program of util-linux; the ones of busybox lack what we need.
  static Optional<String> ofUtilLinux(String name) {
    return find(name).filter(path -> !isBusybox(Path.of(path)));
  }

  private static Optional<String> find(String name) {
    return DIRECTORIES.stream()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static boolean isBusybox(Path path) {
    String name = realName(path);
    return name.isEmpty() || name.contains("busybox");
  }

  /// The name of the file that links lead to; empty if there is none.
  private static String realName(Path path) {
    try {
      return String.valueOf(path.toRealPath().getFileName());
    } catch (IOException _) {
      return "";
    }
  }

  /// Looks for a program as execvp(3) does.
  ///
  /// @param name without a slash
  /// @param searchPath the value of `PATH`
  /// @return the file, the first that exists when none may be executed
  static Optional<Path> inSearchPath(String name, String searchPath) {
    List<Path> found =
        Stream.of(searchPath.split(":"))
            .filter(directory -> directory.startsWith("/"))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isRegularFile)
            .toList();
    return found.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .or(() -> found.stream().findFirst());
  }
}
