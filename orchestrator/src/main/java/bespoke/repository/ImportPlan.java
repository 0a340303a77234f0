package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import java.util.Map;

/// An import that was worked out but not made: the caller looks for cycles, then commits or drops
/// it.
public interface ImportPlan {

  /// What it would do.
  ImportReport report();

  /// The composed `running` groups that every instance of [ImportReport#refreshed] would have.
  Map<InstanceFmri, PropertyGroups> running();

  /// The enabled setting of every instance of [ImportReport#refreshed].
  Map<InstanceFmri, EnabledSetting> enabled();

  /// Makes it, durably.
  ///
  /// @return false if the repository changed since the plan was made; nothing was done, plan again
  /// @throws RepositoryException if it cannot be written; nothing was done
  boolean commit() throws RepositoryException;
}
