package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceFmri;
import bespoke.repository.ImportReport.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Works out how entities become again what their images show.
final class Restoring {
  private final Workspace workspace;
  private final ReportDraft report = new ReportDraft();
  private final Map<Draft, Imaging.Layers> restored = new LinkedHashMap<>();

  private Restoring(Workspace workspace) {
    this.workspace = workspace;
  }

  static ReportDraft run(Workspace workspace, List<EntityImage> images) throws RepositoryException {
    Restoring restoring = new Restoring(workspace);
    try {
      for (EntityImage image : images) {
        if (image.exists()) {
          restoring.layers(image);
        }
      }
      restoring.puts();
    } catch (MalformedRecordException e) {
      throw new RepositoryException("cannot read an image: " + e.getMessage(), e);
    }
    for (EntityImage image : images.reversed()) { // an instance stands after its service
      if (!image.exists()) {
        restoring.remove(image.fmri());
      }
    }
    workspace.settle();
    restoring.snapshots();
    return restoring.report;
  }

  private void layers(EntityImage image) throws RepositoryException {
    Draft draft = workspace.draftOrNew(image.fmri());
    Imaging.Layers layers = Imaging.decode(image);
    if (layers.manifest().length > 0) {
      draft.manifest(Body.read(layers.manifest(), new Strings()));
    } else if (draft.isImported()) {
      draft.forgetManifest();
    }
    restore(draft.profile(), layers.profile());
    restore(draft.admin(), layers.admin());
    draft.touch();
    EnabledRow now = draft.enabled();
    boolean keeps = image.enabled().isPresent() && now.value().isPresent();
    draft.enabled(
        new EnabledRow(
            keeps ? now.value() : image.enabled(),
            now.comment(),
            keeps ? now.origin() : draft.manifest().origin(),
            image.wish()));
    restored.put(draft, layers);
  }

  private static void restore(LayerChanges now, byte[] wanted) {
    now.clear();
    if (wanted.length > 0) {
      LayerChanges.read(wanted).all().forEach(now::put);
    }
  }

  private void puts() throws RepositoryException {
    DependentGroups dependents = workspace.dependents();
    for (Map.Entry<Draft, Imaging.Layers> entry : restored.entrySet()) {
      long declarer = entry.getKey().id();
      List<Tables.Dependent> left = new ArrayList<>(dependents.declaredBy(declarer));
      for (Imaging.Put put : entry.getValue().puts()) {
        Draft target = workspace.draftOrNew(put.target());
        Optional<PropertyGroup> group =
            Body.read(put.body(), new Strings()).groups().group(put.name());
        if (group.isPresent() && dependents.put(declarer, target.id(), group.get())) {
          target.touch();
        }
        left.removeIf(old -> old.target() == target.id() && old.name().equals(put.name()));
      }
      for (Tables.Dependent old : left) {
        dependents.remove(old);
        workspace.touch(old.target());
      }
    }
  }

  private void remove(Fmri fmri) throws RepositoryException {
    Optional<Draft> draft = workspace.draft(fmri);
    boolean isUsed = fmri instanceof ServiceFmri service && !workspace.instances(service).isEmpty();
    if (draft.isEmpty() || isUsed) {
      return;
    }
    DependentGroups dependents = workspace.dependents();
    for (Tables.Dependent declared : dependents.declaredBy(draft.get().id())) {
      dependents.remove(declared);
      workspace.touch(declared.target());
    }
    dependents.allIn(draft.get().id()).forEach(dependents::remove);
    workspace.remove(draft.get());
  }

  private void snapshots() throws RepositoryException {
    Refreshing refreshing = new Refreshing(workspace);
    for (Draft draft : restored.keySet()) {
      boolean changed = draft.hasOtherValues();
      report.outcomes.put(
          draft.fmri(),
          draft.isNew() ? Outcome.NEW : changed ? Outcome.CHANGED : Outcome.UNCHANGED);
    }
    Set<InstanceFmri> concerned = refreshing.concerned();
    for (Draft draft : restored.keySet()) {
      if (draft.fmri() instanceof InstanceFmri instance) {
        concerned.add(instance);
      }
    }
    for (InstanceFmri fmri : concerned) {
      Optional<Draft> instance = workspace.draft(fmri);
      if (instance.isPresent()) {
        snapshot(refreshing, fmri, instance.get());
      }
    }
  }

  private void snapshot(Refreshing refreshing, InstanceFmri fmri, Draft instance)
      throws RepositoryException {
    Draft service = refreshing.service(instance);
    Map<SnapshotName, SnapshotRow> taken = instance.snapshots();
    boolean isImported = instance.row().manifest() != 0;
    boolean isOther = instance.hasOtherContent() || service.hasOtherContent();
    if (isOther && taken.containsKey(SnapshotName.INITIAL)) {
      instance.snapshot(
          SnapshotName.PREVIOUS,
          new SnapshotRow(
              instance.formerCurrent(), service.formerCurrent(), instance.enabled().value()));
    }
    if (isImported && !taken.containsKey(SnapshotName.INITIAL)) {
      instance.snapshot(SnapshotName.INITIAL, refreshing.present(instance));
    }
    if (isImported) {
      instance.snapshot(
          SnapshotName.LAST_IMPORT,
          new SnapshotRow(
              instance.row().manifest(), service.row().manifest(), instance.enabled().wish()));
    }
    SnapshotRow running = running(refreshing, instance);
    SnapshotRow old = taken.get(SnapshotName.RUNNING);
    if (old == null
        || differ(old.own(), running.own())
        || differ(old.service(), running.service())) {
      report.refreshed(
          fmri,
          groups(running.service()).overriddenBy(groups(running.own())),
          instance.enabled().setting());
    }
    instance.snapshot(SnapshotName.RUNNING, running);
  }

  /// What was in force: usually what is configured.
  private SnapshotRow running(Refreshing refreshing, Draft instance) throws RepositoryException {
    SnapshotRow present = refreshing.present(instance);
    Imaging.Layers layers = restored.get(instance);
    if (layers == null || layers.running().isEmpty()) {
      return present;
    }
    Imaging.Running running = layers.running().get();
    return new SnapshotRow(
        body(running.own(), present.own()),
        body(running.service(), present.service()),
        present.enabled());
  }

  private long body(byte[] wanted, long present) throws RepositoryException {
    return Arrays.equals(wanted, workspace.bytes(present)) ? present : workspace.body(wanted);
  }

  private PropertyGroups groups(long body) throws RepositoryException {
    return workspace.read(body).groups();
  }

  private boolean differ(long one, long other) throws RepositoryException {
    return one != other && !Body.sameValues(groups(one), groups(other));
  }
}
