package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An import that was worked out but not made: the caller looks for cycles, then commits or drops
/// it.
public interface ImportPlan {

  /// What it would do.
  ImportReport report();

  /// The composed `running` groups that every instance of [ImportReport#refreshed] would have.
  Map<InstanceFmri, PropertyGroups> running();

  /// The enabled setting of every instance of [ImportReport#refreshed].
  Map<InstanceFmri, EnabledSetting> enabled();

  /// The services and instances that it would remove.
  Set<Fmri> removed();

  /// Every entity that it touches, as it is: what [Repository#planRestoration] needs to undo it.
  List<EntityImage> before() throws RepositoryException;

  /// The same entities as they would be.
  List<EntityImage> after() throws RepositoryException;

  /// Makes it, durably.
  ///
  /// @return false if the repository changed since the plan was made; nothing was done, plan again
  /// @throws RepositoryException if it cannot be written; nothing was done
  boolean commit() throws RepositoryException;
}
