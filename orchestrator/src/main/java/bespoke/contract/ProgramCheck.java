package bespoke.contract;

import bespoke.contract.LaunchFailure.Kind;
import bespoke.os.Errno;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Says why a program cannot be executed, from its errno and a look at the file.
///
/// @param program as it was asked for; relative to the directory
/// @param directory the working directory
record ProgramCheck(String program, Path directory) {
  /// The kernel's own limit for a `#!` line (execve(2)).
  private static final int FIRST_LINE_BYTES_MAX = 255;

  private static final int COMMAND_CHARS_MAX = 15;
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  /// Whether a process that executes it has this name (proc_pid_comm(5)).
  boolean isCalled(String command) {
    String name = String.valueOf(Path.of(program).getFileName());
    return command.equals(name.substring(0, Math.min(COMMAND_CHARS_MAX, name.length())));
  }

  /// Explains a failed posix_spawn(3) or execve(2) of this program.
  LaunchFailure explain(int errno) {
    if (Errno.isShortage(errno)) {
      return new LaunchFailure(Kind.RESOURCES, "cannot make a process: " + Errno.text(errno));
    }
    if (errno == Errno.E2BIG) {
      return new LaunchFailure(
          Kind.CONTEXT, "cannot execute " + program + ": " + Errno.text(errno));
    }
    return directoryProblem()
        .or(this::problem)
        .orElseGet(() ->
            new LaunchFailure(
                errno == Errno.ENOEXEC ? Kind.BAD_FORMAT : Kind.NOT_EXECUTABLE,
                "cannot execute " + program + ": " + Errno.text(errno)));
  }

  /// Explains that a shell or another program in between could not execute it.
  LaunchFailure explain() {
    return problem()
        .orElseGet(() ->
            new LaunchFailure(
                Kind.NOT_EXECUTABLE,
                "cannot execute " + program + ": its user may not (permission denied)"));
  }

  Optional<LaunchFailure> directoryProblem() {
    String reason =
        Files.isDirectory(directory)
            ? ""
            : Files.exists(directory) ? "it is not a directory" : "it does not exist";
    if (reason.isEmpty() && !Files.isExecutable(directory)) {
      reason = "permission denied";
    }
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LaunchFailure(
                Kind.DIRECTORY, "cannot enter the working directory " + directory + ": " + reason));
  }

  /// What is wrong with the file, as far as we can see.
  Optional<LaunchFailure> problem() {
    Path file = directory.resolve(program);
    if (Files.notExists(file)) {
      return Optional.of(problem(Kind.MISSING, "it does not exist"));
    }
    if (Files.isDirectory(file)) {
      return Optional.of(problem(Kind.NOT_EXECUTABLE, "it is a directory"));
    }
    if (!Files.isExecutable(file)) {
      return Optional.of(problem(Kind.NOT_EXECUTABLE, "it is not executable (chmod +x)"));
    }
    return interpreterProblem(file);
  }

  private Optional<LaunchFailure> interpreterProblem(Path file) {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(FIRST_LINE_BYTES_MAX);
    } catch (IOException _) {
      return Optional.empty();
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("#!")) {
      String interpreter =
          text.lines().findFirst().orElse("").substring(2).strip().split("\\s", 2)[0];
      return Files.isExecutable(directory.resolve(interpreter))
          ? Optional.empty()
          : Optional.of(
              problem(
                  Kind.BAD_INTERPRETER,
                  "its interpreter \"" + interpreter + "\" does not exist or is not executable"));
    }
    return text.startsWith(new String(ELF, StandardCharsets.ISO_8859_1))
        ? Optional.of(
            problem(Kind.BAD_INTERPRETER, "it is for another machine or its loader does not exist"))
        : Optional.of(problem(Kind.BAD_FORMAT, "it is neither a program nor starts with #!"));
  }

  private LaunchFailure problem(Kind kind, String reason) {
    return new LaunchFailure(kind, "cannot execute " + program + ": " + reason);
  }
}
