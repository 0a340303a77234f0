package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceFmri;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The persistent part of the repository (smf.md 2): services, instances, property groups,
/// snapshots, layers and the permanent enabled setting.
///
/// Every method that changes something returns after the change is durable, or throws and has
/// changed nothing. All methods may be called from any thread: one writer at a time, readers never
/// wait for it and see the last committed state. `general/enabled` shows as a property in all
/// groups that are read here, but is stored apart: it changes by [#setEnabled] (or
/// [Edit.SetProperty]) and needs no refresh.
public interface Repository extends AutoCloseable {

  /// Opens the repository under a root directory, making it if the directory holds none; repairs
  /// what is damaged.
  ///
  /// @param lock proves that this process is the only one to work there; stays the caller's
  /// @throws RepositoryException if it cannot be read, or is damaged beyond repair
  static Repository open(RootLock lock) throws RepositoryException {
    return StoreRepository.open(lock, MachineId.here());
  }

  /// What an operator must be told about the opening: repairs, what was set aside and what was
  /// lost. Empty in the ordinary case.
  List<String> messages();

  // --- reading

  /// All services, in order.
  List<ServiceFmri> services();

  /// All instances, in order.
  List<InstanceFmri> instances();

  /// The instances of a service, in order; empty if there is no such service.
  List<InstanceFmri> instances(ServiceFmri service);

  /// Whether the service or instance exists.
  boolean contains(Fmri entity);

  /// All instances as the daemon needs them at its start, in the order of their making, without
  /// `general/enabled` among the groups; quicker than asking for each.
  void forEachInstance(Consumer<StoredInstance> consumer) throws RepositoryException;

  /// One instance as the daemon needs it; empty if there is no such instance.
  Optional<StoredInstance> instance(InstanceFmri instance) throws RepositoryException;

  /// What is configured for a service or an instance at its own level; empty groups if it does not
  /// exist.
  PropertyGroups own(Fmri entity) throws RepositoryException;

  /// What is configured: an instance's own groups over its service's.
  PropertyGroups editing(Fmri entity) throws RepositoryException;

  /// The composed groups of the `running` snapshot; what is configured if there is none.
  PropertyGroups running(InstanceFmri instance) throws RepositoryException;

  /// The snapshots that the instance has, in the order of [SnapshotName].
  List<SnapshotName> snapshots(InstanceFmri instance) throws RepositoryException;

  /// One snapshot.
  Optional<Snapshot> snapshot(InstanceFmri instance, SnapshotName name) throws RepositoryException;

  /// The groups of one layer alone, at the entity's own level; properties that the layer deletes
  /// are not shown.
  PropertyGroups layer(Fmri entity, Layer layer) throws RepositoryException;

  /// What holds with a layer and those below it: an instance's own groups over its service's.
  PropertyGroups upTo(Fmri entity, Layer layer) throws RepositoryException;

  /// What profiles and administrators changed at the entity's own level, administrators' first.
  List<Customization> customizations(Fmri entity) throws RepositoryException;

  /// The permanent setting; the override is always empty. Not configured if there is no such
  /// instance.
  EnabledSetting enabled(InstanceFmri instance) throws RepositoryException;

  // --- changing

  /// Sets the permanent part of settings, in one durable write; the override is ignored. Instances
  /// that do not exist are skipped.
  void setEnabled(Map<InstanceFmri, EnabledSetting> settings, Origin by) throws RepositoryException;

  /// Works out an import without making it.
  ImportPlan planImport(List<ServiceDescription> descriptions, ImportOptions options)
      throws RepositoryException;

  /// Imports service descriptions (smf.md 9.2).
  ImportReport importServices(List<ServiceDescription> descriptions, ImportOptions options)
      throws RepositoryException;

  /// Works out the application of a profile without making it: sets what it says on entities that
  /// exist, skips the others (smf.md 9.3).
  ImportPlan planProfile(List<ServiceDescription> profile, ImportOptions options)
      throws RepositoryException;

  /// A repository that answers and changes as this one would, and keeps nothing: what is done to it
  /// is gone when it is closed. Until then nobody else can change this one, so be quick, and close
  /// it on the thread that asked for it.
  Repository rehearsal() throws RepositoryException;

  /// Entities as they are now, in the order given.
  List<EntityImage> images(Collection<Fmri> entities) throws RepositoryException;

  /// Works out how entities become again what their images show: layers, the groups that they put
  /// into others, the `running` snapshot. What the images show as missing is removed; the permanent
  /// setting of what stays is kept. Doing it twice is doing it once.
  ImportPlan planRestoration(List<EntityImage> images) throws RepositoryException;

  /// Makes edits in order, in one durable write, up to the first that is refused.
  ///
  /// @param whole whether a refusal undoes the earlier ones too
  EditReport edit(List<Edit> edits, boolean whole, Origin by) throws RepositoryException;

  /// Works out edits without making them: the report of [#edit] with `whole`, and nothing applied.
  EditReport rehearse(List<Edit> edits, Origin by) throws RepositoryException;

  /// Takes the `running` snapshot of instances from what is configured, in one durable write.
  void refresh(Collection<InstanceFmri> instances) throws RepositoryException;

  /// Lets `start` be what `running` is now. Not forced to disk: it survives the daemon's death, and
  /// power loss after the next durable change.
  void takeStartSnapshots(Collection<InstanceFmri> instances) throws RepositoryException;

  // --- service description files

  /// The files that were imported, by path.
  Map<Path, ManifestFile> manifestFiles() throws RepositoryException;

  /// Forgets files; the services they brought stay.
  void forgetManifestFiles(Collection<Path> files) throws RepositoryException;

  // --- care

  /// Reads everything and compares the checksums.
  ///
  /// @return what is damaged, in sentences; empty if all is well
  List<String> verify() throws RepositoryException;

  /// Makes a backup soon, beside the work; does nothing when nothing changed since the last one.
  /// Imports do so by themselves; the daemon does once it has settled after its start.
  void startBackup();

  /// Calls a listener after every change, on the thread that made it; it must be quick.
  void follow(Runnable listener);

  /// Ends the calls.
  void unfollow(Runnable listener);

  /// Synchronous writes so far, for benchmarks and tests.
  long synchronousWrites();

  @Override
  void close() throws RepositoryException;
}
