package bespoke.supervisor.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a configuration file is looked for if none is named.
public record SearchPath(List<Path> candidates) {
  public SearchPath {
    candidates = List.copyOf(candidates);
  }

  /// The six places, the first two relative to the program's own directory.
  public static SearchPath of(Path programDirectory) {
    return new SearchPath(
        List.of(
            programDirectory.resolve("../etc/supervisord.conf").normalize(),
            programDirectory.resolve("../supervisord.conf").normalize(),
            Path.of("supervisord.conf"),
            Path.of("etc/supervisord.conf"),
            Path.of("/etc/supervisord.conf"),
            Path.of("/etc/supervisor/supervisord.conf")));
  }

  /// The first that exists.
  public Optional<Path> find() {
    return candidates.stream().filter(Files::exists).findFirst();
  }

  /// For the operator, when there is none.
  public String notFound() {
    return "No config file found at default paths ("
        + String.join(", ", candidates.stream().map(Path::toString).toList())
        + "); use the -c option to specify a config file at a different path";
  }
}
