package bespoke.control;

import bespoke.api.Change;
import bespoke.model.Fmri;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.List;
import java.util.Optional;

/// Whether a caller may make changes of properties (smf.md 10.1).
final class EditPermission {
  private final Configuration configuration;
  private final Authorizer authorizer;

  EditPermission(Configuration configuration, Authorizer authorizer) {
    this.configuration = configuration;
    this.authorizer = authorizer;
  }

  /// Whether all of the changes are allowed.
  boolean isGiven(Caller caller, Fmri entity, List<Change> changes) {
    if (caller.isPrivileged()) {
      return true;
    }
    PropertyGroups composed = configuration.composed(entity);
    for (Change change : changes) {
      Optional<PropertyGroup> group = composed.group(change.group());
      boolean valuesOnly =
          change.kind().equals("setprop")
              && composed.property(change.group(), change.property()).isPresent()
              && !change.property().endsWith("_authorization");
      String type = group.map(PropertyGroup::type).orElse(change.type());
      if (!authorizer.mayEdit(caller, composed, change.group(), type, valuesOnly)) {
        return false;
      }
    }
    return true;
  }
}
