package bespoke.restarter;

import bespoke.model.MethodContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the `environment_files` of a method context when a method runs: `NAME=value` a line, as
/// systemd.exec(5) has it under `EnvironmentFile=`.
final class EnvironmentFiles {

  /// A larger file is no file of variables.
  static final int SIZE_BYTES_MAX = 1 << 20;

  private EnvironmentFiles() {}

  /// The variables of a context: its own, then those of its files.
  ///
  /// @throws MethodNotRunException if a file that has to be there cannot be read
  static List<String> variables(MethodContext context) throws MethodNotRunException {
    if (context.environmentFiles().isEmpty()) {
      return context.environment();
    }
    List<String> all = new ArrayList<>(context.environment());
    for (String file : context.environmentFiles()) {
      boolean mayBeMissing = file.startsWith("-");
      all.addAll(entries(mayBeMissing ? file.substring(1) : file, mayBeMissing));
    }
    return lastOfEach(all);
  }

  /// Later entries win, without a complaint about the earlier ones.
  private static List<String> lastOfEach(List<String> entries) {
    List<String> kept = new ArrayList<>();
    for (String entry : entries) {
      String name = entry.substring(0, Math.max(0, entry.indexOf('=')) + 1);
      kept.removeIf(other -> name.length() > 1 && other.startsWith(name));
      kept.add(entry);
    }
    return kept;
  }

  private static List<String> entries(String file, boolean mayBeMissing)
      throws MethodNotRunException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(SIZE_BYTES_MAX + 1);
      if (bytes.length > SIZE_BYTES_MAX) {
        throw new MethodNotRunException(
            "The environment file \"" + file + "\" is larger than 1 MiB.", false);
      }
      return VariablesText.entries(new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      if (mayBeMissing) {
        return List.of();
      }
      throw new MethodNotRunException(
          "There is no environment file \""
              + file
              + "\"; write -"
              + file
              + " if it may be missing.",
          false);
    } catch (IOException | InvalidPathException e) {
      if (mayBeMissing) {
        return List.of();
      }
      throw new MethodNotRunException(
          "Could not read the environment file \"" + file + "\": " + e.getMessage() + ".", false);
    }
  }
}
