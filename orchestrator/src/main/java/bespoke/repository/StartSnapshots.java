package bespoke.repository;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Takes the snapshots `start`: what a service was last started with. Under the writer's lock.
///
/// A service that is started again and again with the same configuration costs no look into the
/// store.
final class StartSnapshots {
  /// Those whose snapshot is known to be the running one.
  private final Set<InstanceFmri> current = new HashSet<>();

  /// Something is about to be changed in the store.
  void changing() {
    current.clear();
  }

  void take(Collection<InstanceFmri> instances, Supplier<Workspace> workspaces)
      throws RepositoryException {
    List<InstanceFmri> different = new ArrayList<>(instances);
    different.removeAll(current);
    if (different.isEmpty()) {
      return;
    }
    Workspace workspace = workspaces.get();
    for (InstanceFmri instance : different) {
      Optional<Draft> draft = workspace.draft(instance);
      if (draft.isPresent()) {
        SnapshotRow running = draft.get().snapshots().get(SnapshotName.RUNNING);
        if (running != null) {
          draft.get().snapshot(SnapshotName.START, running);
        }
      }
    }
    workspace.commit(false);
    current.addAll(different);
  }
}
