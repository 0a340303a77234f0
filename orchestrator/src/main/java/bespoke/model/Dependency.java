package bespoke.model;

import java.util.List;

/// One dependency group of an instance (smf(7)).
///
/// @param name the property group's name, unique in the instance
/// @param grouping how the entities combine
/// @param restartOn which events of the entities stop the instance
/// @param entities services and instances, or files; never a mixture; empty means satisfied
/// @param origin where it was declared
public record Dependency(
    String name, Grouping grouping, RestartOn restartOn, List<Entity> entities, Origin origin) {

  public Dependency {
    entities = List.copyOf(entities);
  }

  /// Whether the group names files rather than services.
  public boolean isPath() {
    return !entities.isEmpty() && entities.getFirst() instanceof FileFmri;
  }
}
