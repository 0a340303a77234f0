package bespoke.manifest;

import java.nio.file.Path;
import java.util.List;

/// Manifests that were found and not read yet.
///
/// @param files sorted by name
/// @param problems of operands that are neither file nor directory, or cannot be searched
public record FoundManifests(List<Path> files, List<Problem> problems) {
  public FoundManifests {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }
}
