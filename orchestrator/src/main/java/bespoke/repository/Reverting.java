package bespoke.repository;

import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import java.util.Map;

/// Restores what a snapshot holds (smf.md 2.10): the administrators' layer becomes the difference
/// between what the layers below say now and what was in force then. Does not refresh.
final class Reverting {

  private final Workspace workspace;
  private final Origin by;

  Reverting(Workspace workspace, Origin by) {
    this.workspace = workspace;
    this.by = by;
  }

  void revert(Draft instance, Edit.Revert revert) throws RefusedEditException, RepositoryException {
    if (!(instance.fmri() instanceof InstanceFmri fmri)) {
      throw new RefusedEditException(
          "cannot revert " + instance.fmri() + ": only instances have snapshots");
    }
    workspace.settle();
    Map<SnapshotName, SnapshotRow> snapshots = instance.snapshots();
    SnapshotRow snapshot = snapshots.get(revert.snapshot());
    if (snapshot == null) {
      throw new RefusedEditException(
          "cannot revert "
              + fmri
              + ": it has no snapshot "
              + revert.snapshot()
              + (snapshots.isEmpty() ? "" : ", only " + snapshots.keySet()));
    }
    Draft service = workspace.draftOrNew(fmri.serviceFmri());
    instance.snapshot(
        SnapshotName.PREVIOUS,
        new SnapshotRow(
            instance.row().current(), service.row().current(), instance.enabled().value()));
    restore(instance, workspace.read(snapshot.own()).groups());
    restore(service, workspace.read(snapshot.service()).groups());
  }

  private void restore(Draft draft, PropertyGroups wanted) throws RepositoryException {
    LayerChanges difference = LayerChanges.between(draft.belowAdmin(), wanted, by);
    LayerChanges admin = draft.admin();
    admin.clear();
    difference.all().forEach(admin::put);
    draft.touch();
  }
}
