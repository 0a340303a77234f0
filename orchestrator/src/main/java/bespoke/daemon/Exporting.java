package bespoke.daemon;

import bespoke.api.ErrorKind;
import bespoke.control.Configuration.RefusedException;
import bespoke.manifest.smf.SmfWriter;
import bespoke.manifest.yaml.YamlWriter;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceFmri;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.List;
import java.util.Optional;

/// Writes what is configured as descriptions (smf.md 9.4).
final class Exporting {

  private static final String SMF = "smf";
  private static final List<String> FORMATS = List.of("yaml", SMF);

  private final Repository repository;

  Exporting(Repository repository) {
    this.repository = repository;
  }

  /// Whole services.
  String services(List<ServiceFmri> services, String format)
      throws RepositoryException, RefusedException {
    check(format);
    List<ServiceDescription> descriptions = new Descriptions(repository).all(services);
    if (format.equals(SMF)) {
      writable(descriptions);
      return SmfWriter.write(descriptions);
    }
    return YamlWriter.write(descriptions);
  }

  /// What administrators changed, and which instances are enabled.
  String profile(String format) throws RepositoryException, RefusedException {
    check(format);
    List<ServiceDescription> changes = new Descriptions(repository).changes(repository.services());
    if (format.equals(SMF)) {
      writable(changes);
      return SmfWriter.writeProfile(changes);
    }
    return YamlWriter.writeProfile(changes);
  }

  private static void check(String format) throws RefusedException {
    if (!FORMATS.contains(format)) {
      throw new RefusedException(
          ErrorKind.BAD_REQUEST, "cannot write the format \"" + format + "\"; use yaml or xml");
    }
  }

  private static void writable(List<ServiceDescription> descriptions) throws RefusedException {
    Optional<String> fault = SmfWriter.fault(descriptions);
    if (fault.isPresent()) {
      throw new RefusedException(ErrorKind.STATE, fault.get());
    }
  }
}
