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
/// @param notes what became of each construct of a foreign format; none for YAML
public record ManifestFile(
    String name,
    String sha256,
    List<ServiceDescription> services,
    List<Problem> problems,
    List<ImportNote> notes) {

  public ManifestFile {
    services = List.copyOf(services);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /// A file in bespoke's own format, of which nothing is lost.
  public ManifestFile(
      String name, String sha256, List<ServiceDescription> services, List<Problem> problems) {
    this(name, sha256, services, problems, List.of());
  }

  /// Whether the file may be imported.
  public boolean isClean() {
    return problems.isEmpty();
  }
}
