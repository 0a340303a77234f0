package bespoke.repository;

import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Takes snapshots of settled drafts.
final class Refreshing {

  private final Workspace workspace;

  Refreshing(Workspace workspace) {
    this.workspace = workspace;
  }

  /// What an instance and its service say now.
  SnapshotRow present(Draft instance) throws RepositoryException {
    return new SnapshotRow(
        instance.row().current(), service(instance).row().current(), instance.enabled().value());
  }

  /// Whether the `running` snapshot would hold other values than it does.
  boolean wouldChange(Draft instance) throws RepositoryException {
    SnapshotRow old = instance.snapshots().get(SnapshotName.RUNNING);
    if (old == null) {
      return true;
    }
    SnapshotRow now = present(instance);
    return differ(old.own(), now.own()) || differ(old.service(), now.service());
  }

  private boolean differ(long one, long other) throws RepositoryException {
    return one != other
        && !Body.sameValues(workspace.read(one).groups(), workspace.read(other).groups());
  }

  /// Takes the `running` snapshot.
  void run(Draft instance) throws RepositoryException {
    instance.snapshot(SnapshotName.RUNNING, present(instance));
  }

  /// The service of an instance.
  Draft service(Draft instance) {
    return workspace.draftOrNew(instance.fmri().serviceFmri());
  }

  /// Every instance that the drafts concern: itself touched, or its service.
  Set<InstanceFmri> concerned() {
    Set<InstanceFmri> concerned = new LinkedHashSet<>();
    for (Draft draft : workspace.drafts()) {
      if (draft.hasOtherContent()) {
        switch (draft.fmri()) {
          case InstanceFmri instance -> concerned.add(instance);
          case ServiceFmri service -> concerned.addAll(workspace.instances(service));
        }
      }
    }
    return concerned;
  }

  /// The draft of an instance that exists.
  Optional<Draft> draft(InstanceFmri instance) {
    return workspace.draft(instance);
  }
}
