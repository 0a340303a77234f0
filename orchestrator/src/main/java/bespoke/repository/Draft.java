package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The working copy of one service or instance in a transaction: read when it is needed, settled
/// once at the end.
final class Draft {

  private final Workspace workspace;
  private final @Nullable EntityRow before;
  private EntityRow row;
  private @Nullable Body manifest;
  private @Nullable LayerChanges profile;
  private @Nullable LayerChanges admin;
  private @Nullable EnabledRow enabled;
  private @Nullable Map<SnapshotName, SnapshotRow> snapshots;
  private boolean dirty;
  private boolean manifestDirty;
  private boolean valuesChanged;
  private @Nullable PropertyGroups settled;

  Draft(Workspace workspace, @Nullable EntityRow before, EntityRow row) {
    this.workspace = workspace;
    this.before = before;
    this.row = row;
    this.dirty = before == null;
  }

  Fmri fmri() {
    return row.fmri();
  }

  long id() {
    return row.id();
  }

  EntityRow row() {
    return row;
  }

  boolean isNew() {
    return before == null;
  }

  /// Whether a manifest ever described it; if not, it was made by hand or for a dependent.
  boolean isImported() {
    return row.manifest() != 0 || manifest != null && manifestDirty;
  }

  /// Whether [#settle] found other values than before, wherever they come from.
  boolean hasOtherValues() {
    return valuesChanged;
  }

  /// Whether [#settle] found anything else than before.
  boolean hasOtherContent() {
    return before == null || before.current() != row.current();
  }

  /// Whether [#settle] changed any layer.
  boolean isTouched() {
    return !row.equals(before);
  }

  // --- layers

  Body manifest() throws RepositoryException {
    if (manifest == null) {
      manifest = workspace.tables().body(row.manifest());
    }
    return manifest;
  }

  void manifest(Body body) {
    manifest = body;
    manifestDirty = true;
    dirty = true;
  }

  /// No manifest describes it any more.
  void forgetManifest() {
    long none = workspace.replace(row.manifest(), 0);
    row = new EntityRow(row.id(), row.fmri(), none, row.profile(), row.admin(), row.current());
    manifest = Body.EMPTY;
    manifestDirty = false;
    dirty = true;
  }

  LayerChanges profile() throws RepositoryException {
    if (profile == null) {
      profile = workspace.tables().changes(row.profile());
    }
    return profile;
  }

  LayerChanges admin() throws RepositoryException {
    if (admin == null) {
      admin = workspace.tables().changes(row.admin());
    }
    return admin;
  }

  /// Something of it was or will be changed: it is settled at the end.
  void touch() {
    dirty = true;
  }

  /// The manifest layer with what other manifests put here.
  PropertyGroups manifestGroups() throws RepositoryException {
    Map<String, PropertyGroup> external = workspace.dependents().groupsIn(row.id());
    PropertyGroups own = manifest().groups();
    if (external.isEmpty()) {
      return own;
    }
    Map<String, PropertyGroup> all = new LinkedHashMap<>(own.byName());
    all.putAll(external);
    return new PropertyGroups(all);
  }

  /// Manifest and profile: what holds without administrators.
  PropertyGroups belowAdmin() throws RepositoryException {
    return profile().over(manifestGroups());
  }

  /// What all layers together say.
  PropertyGroups current() throws RepositoryException {
    return admin().over(belowAdmin());
  }

  // --- beside the layers

  EnabledRow enabled() throws RepositoryException {
    if (enabled == null) {
      enabled = before == null ? EnabledRow.NONE : workspace.tables().enabled(row.id());
    }
    return enabled;
  }

  void enabled(EnabledRow value) throws RepositoryException {
    if (!value.equals(enabled())) {
      enabled = value;
      workspace.change(value.toChange(row.id()));
    }
  }

  Map<SnapshotName, SnapshotRow> snapshots() throws RepositoryException {
    if (snapshots == null) {
      snapshots =
          before == null
              ? new EnumMap<>(SnapshotName.class)
              : workspace.tables().snapshots(row.id());
    }
    return snapshots;
  }

  void snapshot(SnapshotName name, SnapshotRow snapshot) throws RepositoryException {
    if (!snapshot.equals(snapshots().put(name, snapshot))) {
      workspace.change(snapshot.toChange(row.id(), name));
    }
  }

  // --- the end

  /// What all layers say, after [#settle].
  PropertyGroups groups() throws RepositoryException {
    if (settled == null) {
      settled = workspace.read(row.current()).groups();
    }
    return settled;
  }

  /// What held before this transaction: body of all layers, 0 for nothing.
  long formerCurrent() {
    return before == null ? 0 : before.current();
  }

  /// Works out what all layers say now and stores what changed.
  ///
  /// @param rows gets the row of the entity, if it changed
  void settle(List<Change> rows) throws RepositoryException {
    if (!dirty) {
      return;
    }
    long manifestId = manifestDirty ? store(manifest().toBytes(), row.manifest()) : row.manifest();
    long profileId = store(profile(), row.profile());
    long adminId = store(admin(), row.admin());
    long currentId = storeCurrent(manifestId);
    EntityRow settled =
        new EntityRow(row.id(), row.fmri(), manifestId, profileId, adminId, currentId);
    if (before == null || !settled.equals(before)) {
      rows.add(settled.toChange());
    }
    row = settled;
    dirty = false;
    manifestDirty = false;
  }

  private long storeCurrent(long manifestId) throws RepositoryException {
    boolean plain =
        manifestId != 0
            && profile().isEmpty()
            && admin().isEmpty()
            && workspace.dependents().groupsIn(row.id()).isEmpty();
    PropertyGroups groups = plain ? manifest().groups() : current();
    Origin origin = manifest().origin();
    long old = row.current();
    settled = groups;
    valuesChanged =
        before == null
            ? !groups.byName().isEmpty()
            : !Body.sameValues(workspace.tables().body(before.current()).groups(), groups);
    if (plain) {
      return manifestId;
    }
    return store(new Body(origin, groups).toBytes(), old == row.manifest() ? 0 : old);
  }

  private long store(LayerChanges changes, long old) throws RepositoryException {
    changes.tidy();
    return changes.isEmpty() ? workspace.replace(old, 0) : store(changes.toBytes(), old);
  }

  private long store(byte[] bytes, long old) throws RepositoryException {
    if (old != 0 && Arrays.equals(bytes, workspace.bytes(old))) {
      return old;
    }
    return workspace.replace(old, workspace.body(bytes));
  }
}
