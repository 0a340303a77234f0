package bespoke.supervisor.server;

import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.ShellWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command line turns out to be when it is to be started.
public sealed interface ProgramCommand {
  /// It can be executed.
  record Executable(List<String> words) implements ProgramCommand {
    public Executable {
      words = List.copyOf(words);
    }
  }

  /// There is no such file.
  record Missing(String path, String reason) implements ProgramCommand {}

  /// There is something, but it cannot be executed.
  record NotExecutable(String path, String reason) implements ProgramCommand {}

  /// Splits a command and looks its program up.
  ///
  /// @param environment of the program; its PATH is used
  static ProgramCommand of(String command, Map<String, String> environment) {
    List<String> words;
    try {
      words = ShellWords.split(command);
    } catch (ConfigurationException e) {
      return new NotExecutable(command, "can't parse command '" + command + "': " + e.getMessage());
    }
    if (words.isEmpty()) {
      return new NotExecutable(command, "command is empty");
    }
    String program = words.getFirst();
    Path file = find(program, environment.getOrDefault("PATH", "/bin:/usr/bin:/usr/local/bin"));
    if (file == null) {
      return new Missing(program, "can't find command '" + program + "'");
    }
    if (Files.isDirectory(file)) {
      return new NotExecutable(program, "command at '" + file + "' is a directory");
    }
    if (!Files.isExecutable(file)) {
      return new NotExecutable(program, "command at '" + file + "' is not executable");
    }
    var executable = new ArrayList<>(words);
    executable.set(0, file.toString());
    return new Executable(executable);
  }

  private static @Nullable Path find(String program, String searchPath) {
    if (program.contains("/")) {
      return Files.exists(Path.of(program)) ? Path.of(program) : null;
    }
    for (String directory : searchPath.split(":", -1)) {
      Path candidate = Path.of(directory.isEmpty() ? "." : directory, program);
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
