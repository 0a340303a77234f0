package bespoke.repository;

import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;

/// A read-only copy of the configuration of an instance and its service (smf.md 2.10).
///
/// @param instance whose it is
/// @param name which one
/// @param own the groups of the instance
/// @param service the groups of its service
public record Snapshot(
    InstanceFmri instance, SnapshotName name, PropertyGroups own, PropertyGroups service) {

  /// The instance's view: its own groups over its service's.
  public PropertyGroups composed() {
    return service.overriddenBy(own);
  }
}
