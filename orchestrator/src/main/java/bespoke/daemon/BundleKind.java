package bespoke.daemon;

import bespoke.api.ProblemRecord;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.ArrayList;
import java.util.List;

/// Tells a manifest from a profile (smf.md 9.3, case C27). They have one format, so the content
/// decides: a mistake would take a service's methods away, or do nothing without a word.
final class BundleKind {
  private BundleKind() {}

  /// Why descriptions are no manifest: they say nothing of a service that has more than that.
  static List<ProblemRecord> notToImport(List<ServiceDescription> services, Repository repository)
      throws RepositoryException {
    List<ProblemRecord> problems = new ArrayList<>();
    for (ServiceDescription service : services) {
      boolean says =
          !isEmpty(service.groups())
              || !service.dependents().isEmpty()
              || service.instances().stream().anyMatch(BundleKind::says);
      if (!says && repository.own(service.fmri()).byName().size() > 0) {
        problems.add(
            problem(
                service.origin(),
                "cannot import "
                    + service.fmri()
                    + ": the file only says what is enabled, so it is a profile, and importing it"
                    + " would take the service's methods and properties away; use svccfg apply"));
      }
    }
    return problems;
  }

  private static boolean says(InstanceDescription instance) {
    return !isEmpty(instance.groups()) || !instance.dependents().isEmpty();
  }

  private static boolean isEmpty(PropertyGroups groups) {
    return groups.byName().isEmpty();
  }

  /// Why descriptions are no profile: they hold what only manifests may, or tell how to start a
  /// service that there is not.
  static List<ProblemRecord> notToApply(List<ServiceDescription> services, Repository repository) {
    List<ProblemRecord> problems = new ArrayList<>();
    for (ServiceDescription service : services) {
      PropertyGroups groups = service.groups();
      String what =
          !groups.ofType(PropertyGroup.TEMPLATE).isEmpty()
              ? "it describes the service with templates"
              : !service.dependents().isEmpty()
                  ? "it makes others depend on the service"
                  : groups.property("start", "exec").isPresent()
                          && !repository.contains(service.fmri())
                      ? "the service does not exist, and the file says how to start it"
                      : "";
      if (!what.isEmpty()) {
        problems.add(
            problem(
                service.origin(),
                "cannot apply "
                    + service.fmri()
                    + ": "
                    + what
                    + ", so it is a manifest; use svccfg import"));
      }
    }
    return problems;
  }

  private static ProblemRecord problem(Origin origin, String message) {
    return origin instanceof Origin.File file
        ? new ProblemRecord(file.file(), file.line(), file.column(), "error", message)
        : new ProblemRecord("", 0, 0, "error", message);
  }
}
