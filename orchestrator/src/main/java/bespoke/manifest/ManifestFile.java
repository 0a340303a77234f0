package bespoke.manifest;

import bespoke.model.ServiceDescription;
import java.util.List;

/// One manifest as it was loaded.
///
/// @param name as the person named it, or below the directory that was named
/// @param sha256 of its bytes in lower case hexadecimal, to notice changes; empty when it could not
///   be read
/// @param services without a mistake; import them only when there are no problems
/// @param problems in the order of the file
public record ManifestFile(
    String name, String sha256, List<ServiceDescription> services, List<Problem> problems) {

  public ManifestFile {
    services = List.copyOf(services);
    problems = List.copyOf(problems);
  }

  /// Whether the file may be imported.
  public boolean isClean() {
    return problems.isEmpty();
  }
}
