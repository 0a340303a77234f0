package bespoke.manifest;

import bespoke.model.ServiceDescription;
import java.util.List;

/// What a reader made of one file.
///
/// @param services those without a mistake, in the order of the file; import them only when there
///   are no problems at all (DESIGN 7)
/// @param problems all of them, in the order of the file
public record ManifestReading(List<ServiceDescription> services, List<Problem> problems) {

  public ManifestReading {
    services = List.copyOf(services);
    problems = List.copyOf(problems);
  }

  /// Whether the file may be imported.
  public boolean isClean() {
    return problems.isEmpty();
  }
}
