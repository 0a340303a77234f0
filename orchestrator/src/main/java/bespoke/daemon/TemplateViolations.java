package bespoke.daemon;

import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.template.TemplateCheck;
import bespoke.model.template.TemplateCheck.Violation;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares instances with the templates that are about them: their own, their restarter's, and the
/// global ones (smf.md 9.6).
final class TemplateViolations {

  private static final InstanceFmri GLOBAL = new InstanceFmri("system/svc/global", "default");

  private final Repository repository;
  private final Map<InstanceFmri, PropertyGroups> planned;
  private final Map<InstanceFmri, PropertyGroups> known = new HashMap<>();

  /// @param planned the groups that instances would have; others have what the repository says
  TemplateViolations(Repository repository, Map<InstanceFmri, PropertyGroups> planned) {
    this.repository = repository;
    this.planned = planned;
  }

  /// The violations of one instance.
  ///
  /// @param groups of the instance over its service's
  List<Violation> of(PropertyGroups groups, Origin origin) throws RepositoryException {
    return TemplateCheck.check(groups, groups(restarter(groups)), groups(GLOBAL), origin);
  }

  private static InstanceFmri restarter(PropertyGroups groups) {
    try {
      return groups
          .single("general", "restarter")
          .filter(text -> !text.isEmpty())
          .map(Fmri::parse)
          .filter(InstanceFmri.class::isInstance)
          .map(InstanceFmri.class::cast)
          .orElse(InstanceDefinition.MASTER_RESTARTER);
    } catch (IllegalArgumentException e) {
      return InstanceDefinition.MASTER_RESTARTER; // another check names it
    }
  }

  private PropertyGroups groups(InstanceFmri fmri) throws RepositoryException {
    PropertyGroups groups = planned.get(fmri);
    if (groups == null) {
      groups = known.get(fmri);
    }
    if (groups == null) {
      groups = repository.contains(fmri) ? repository.running(fmri) : PropertyGroups.EMPTY;
      known.put(fmri, groups);
    }
    return groups;
  }
}
