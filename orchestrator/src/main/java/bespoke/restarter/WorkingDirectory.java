package bespoke.restarter;

import bespoke.model.MethodContext;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// Where a method runs (smf.md 6.3): what the context says; the user's home when it says anything
/// else; `/` without a context.
///
/// @param path absolute, or null when there is none
/// @param problem why there is none, or empty
record WorkingDirectory(Optional<Path> path, String problem) {

  /// The directory of a context.
  ///
  /// @param homes the home of a user (name or number), or of our own for the empty name; empty when
  ///   there is no such user
  static WorkingDirectory of(MethodContext context, Function<String, Optional<Path>> homes) {
    String wanted = context.workingDirectory().orElse(":default");
    if (!wanted.equals(":default") && !wanted.equals(":home")) {
      return given(wanted);
    }
    if (!context.given()) {
      return new WorkingDirectory(Optional.of(Path.of("/")), "");
    }
    Optional<Path> home = homes.apply(context.user().orElse(""));
    return new WorkingDirectory(
        home,
        home.isPresent()
            ? ""
            : "Could not get passwd entry of "
                + context.user().map(user -> "user \"" + user + "\"").orElse("our own user")
                + "; set working_directory.");
  }

  private static WorkingDirectory given(String wanted) {
    try {
      Path path = Path.of(wanted);
      if (path.isAbsolute()) {
        return new WorkingDirectory(Optional.of(path), "");
      }
    } catch (InvalidPathException e) {
      // said below
    }
    return new WorkingDirectory(
        Optional.empty(), "chdir: the working directory is not absolute (\"" + wanted + "\")");
  }

  /// Why it cannot be entered, in the words of SMF.
  static String chdirMessage(Path path) {
    String error =
        Files.isDirectory(path)
            ? "Permission denied"
            : Files.exists(path) ? "Not a directory" : "No such file or directory";
    return "chdir: " + error + " (\"" + path + "\")";
  }
}
