package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceFmri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The persistent store on SQLite and a redo log. Writers take turns at one lock; readers have a
/// connection of their own.
final class StoreRepository implements Repository {

  private final Store store;
  private final Directory directory;
  private final Tables tables;
  private final Reading reading;
  private final BackupThread backups;
  private final Path file;
  private final List<String> messages;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock writer;
  private final StartSnapshots startSnapshots = new StartSnapshots();
  private final boolean rehearsed;

  private StoreRepository(
      Store store, Directory directory, Tables tables, Path file, List<String> messages) {
    this.store = store;
    this.directory = directory;
    this.tables = tables;
    this.reading = new Reading(file, directory);
    this.file = file;
    this.backups = new BackupThread(file, this::trim);
    this.messages = List.copyOf(messages);
    this.writer = new ReentrantLock();
    this.rehearsed = false;
  }

  /// A rehearsal; the caller holds the lock.
  private StoreRepository(StoreRepository real) throws RepositoryException {
    this.store = real.store.rehearsal();
    this.directory = real.directory.copy();
    this.reading = new Reading(real.file, directory, store.database());
    this.tables = new Tables(real.file, store.database());
    this.file = real.file;
    this.backups = real.backups;
    this.messages = List.of();
    this.writer = real.writer;
    this.rehearsed = true;
  }

  static Repository open(RootLock lock, String machine) throws RepositoryException {
    Path root = lock.root();
    NativeLibrary.prepare(root.resolve("cache"));
    Opening.Opened opened = new Opening(root.resolve("repository")).open();
    try {
      Store store = Store.of(opened.file(), opened.database(), opened.meta());
      List<String> messages = new ArrayList<>(opened.messages());
      Migrations.run(store, opened.file(), opened.meta().version(), messages);
      Tables tables = new Tables(opened.file(), opened.database());
      MachineId.note(store, machine, tables.machine(), opened.file(), messages);
      Directory directory = new Directory();
      tables.entities().forEach(directory::put);
      return new StoreRepository(store, directory, tables, opened.file(), messages);
    } catch (IOException e) {
      throw new RepositoryException(
          "cannot open the redo log in "
              + root.resolve("repository")
              + ": "
              + PrivateFiles.reason(e)
              + "; make it writable",
          e);
    }
  }

  @Override
  public List<String> messages() {
    return messages;
  }

  // --- reading

  @Override
  public List<ServiceFmri> services() {
    return directory.services();
  }

  @Override
  public List<InstanceFmri> instances() {
    return directory.instances();
  }

  @Override
  public List<InstanceFmri> instances(ServiceFmri service) {
    return directory.instances(service);
  }

  @Override
  public boolean contains(Fmri entity) {
    return directory.row(entity) != null;
  }

  @Override
  public void forEachInstance(Consumer<StoredInstance> consumer) throws RepositoryException {
    reading.forEachInstance(consumer);
  }

  @Override
  public Optional<StoredInstance> instance(InstanceFmri instance) throws RepositoryException {
    return reading.instance(instance);
  }

  @Override
  public PropertyGroups own(Fmri entity) throws RepositoryException {
    return reading.own(entity);
  }

  @Override
  public PropertyGroups editing(Fmri entity) throws RepositoryException {
    PropertyGroups own = own(entity);
    return entity instanceof InstanceFmri instance
        ? own(instance.serviceFmri()).overriddenBy(own)
        : own;
  }

  @Override
  public PropertyGroups running(InstanceFmri instance) throws RepositoryException {
    return reading.running(instance);
  }

  @Override
  public List<SnapshotName> snapshots(InstanceFmri instance) throws RepositoryException {
    return reading.snapshots(instance);
  }

  @Override
  public Optional<Snapshot> snapshot(InstanceFmri instance, SnapshotName name)
      throws RepositoryException {
    return reading.snapshot(instance, name);
  }

  @Override
  public PropertyGroups layer(Fmri entity, Layer layer) throws RepositoryException {
    return reading.layer(entity, layer);
  }

  @Override
  public PropertyGroups upTo(Fmri entity, Layer layer) throws RepositoryException {
    return writing(() -> {
      Workspace workspace = workspace();
      PropertyGroups own = upTo(workspace.draft(entity), layer);
      return entity instanceof InstanceFmri instance
          ? upTo(workspace.draft(instance.serviceFmri()), layer).overriddenBy(own)
          : own;
    });
  }

  private static PropertyGroups upTo(Optional<Draft> draft, Layer layer)
      throws RepositoryException {
    if (draft.isEmpty()) {
      return PropertyGroups.EMPTY;
    }
    return switch (layer) {
      case MANIFEST -> draft.get().manifestGroups();
      case PROFILE -> draft.get().belowAdmin();
      case ADMIN -> draft.get().current();
    };
  }

  @Override
  public List<Customization> customizations(Fmri entity) throws RepositoryException {
    return writing(() -> {
      Optional<Draft> draft = workspace().draft(entity);
      return draft.isEmpty() ? List.of() : Customizing.list(draft.get());
    });
  }

  @Override
  public EnabledSetting enabled(InstanceFmri instance) throws RepositoryException {
    return reading.enabled(instance);
  }

  // --- changing

  @Override
  public void setEnabled(Map<InstanceFmri, EnabledSetting> settings, Origin by)
      throws RepositoryException {
    writing(() -> {
      Workspace workspace = workspace();
      for (Map.Entry<InstanceFmri, EnabledSetting> entry : settings.entrySet()) {
        Optional<Draft> draft = workspace.draft(entry.getKey());
        if (draft.isPresent()) {
          EnabledSetting setting = entry.getValue();
          EnabledRow old = draft.get().enabled();
          draft
              .get()
              .enabled(new EnabledRow(setting.permanent(), setting.comment(), by, old.wish()));
        }
      }
      return workspace.commit(true);
    });
  }

  @Override
  public ImportPlan planImport(List<ServiceDescription> descriptions, ImportOptions options)
      throws RepositoryException {
    return writing(() -> {
      Workspace workspace = workspace();
      return plan(workspace, Importing.run(workspace, descriptions, options));
    });
  }

  @Override
  public ImportPlan planProfile(List<ServiceDescription> profile, ImportOptions options)
      throws RepositoryException {
    return writing(() -> {
      Workspace workspace = workspace();
      return plan(workspace, ProfileApplication.run(workspace, profile, options));
    });
  }

  @Override
  public ImportReport importServices(List<ServiceDescription> descriptions, ImportOptions options)
      throws RepositoryException {
    return writing(() -> {
      ImportPlan plan = planImport(descriptions, options);
      if (!plan.commit()) {
        throw new IllegalStateException("a second writer holds the lock");
      }
      return plan.report();
    });
  }

  @Override
  public Repository rehearsal() throws RepositoryException {
    writer.lock();
    try {
      return new StoreRepository(this);
    } catch (RepositoryException | RuntimeException e) {
      writer.unlock();
      throw e;
    }
  }

  @Override
  public List<EntityImage> images(Collection<Fmri> entities) throws RepositoryException {
    return writing(() -> {
      Imaging imaging = new Imaging(workspace());
      List<EntityImage> images = new ArrayList<>(entities.size());
      for (Fmri entity : entities) {
        images.add(imaging.image(entity));
      }
      return images;
    });
  }

  @Override
  public ImportPlan planRestoration(List<EntityImage> images) throws RepositoryException {
    return writing(() -> {
      Workspace workspace = workspace();
      return plan(workspace, Restoring.run(workspace, images));
    });
  }

  @Override
  public EditReport edit(List<Edit> edits, boolean whole, Origin by) throws RepositoryException {
    return writing(() -> {
      Workspace workspace = workspace();
      EditReport report = EditRun.of(workspace, edits, whole, by);
      if (report.problem().isEmpty() || !whole) {
        workspace.commit(true);
      }
      return report;
    });
  }

  @Override
  public EditReport rehearse(List<Edit> edits, Origin by) throws RepositoryException {
    return writing(() -> {
      EditReport would = EditRun.of(workspace(), edits, true, by);
      return new EditReport(
          0, would.refusedAt(), would.problem(), would.changed(), would.removed());
    });
  }

  @Override
  public void refresh(Collection<InstanceFmri> instances) throws RepositoryException {
    writing(() -> {
      Workspace workspace = workspace();
      Refreshing refreshing = new Refreshing(workspace);
      for (InstanceFmri instance : instances) {
        Optional<Draft> draft = workspace.draft(instance);
        if (draft.isPresent()) {
          refreshing.run(draft.get());
        }
      }
      return workspace.commit(true);
    });
  }

  @Override
  public void takeStartSnapshots(Collection<InstanceFmri> instances) throws RepositoryException {
    writer.lock();
    try {
      startSnapshots.take(instances, this::workspace);
    } finally {
      writer.unlock();
    }
  }

  // --- files and care

  @Override
  public Map<Path, ManifestFile> manifestFiles() throws RepositoryException {
    return reading.read(Tables::files);
  }

  @Override
  public void forgetManifestFiles(Collection<Path> files) throws RepositoryException {
    writing(() -> {
      Workspace workspace = workspace();
      files.forEach(path -> workspace.change(new Change(Sql.DELETE_FILE, path.toString())));
      return workspace.commit(true);
    });
  }

  @Override
  public List<String> verify() throws RepositoryException {
    return writing(() -> new ArrayList<>(Checkup.of(store.database())));
  }

  @Override
  public void startBackup() {
    if (!rehearsed) {
      backups.start(store.sequence());
    }
  }

  @Override
  public void follow(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void unfollow(Runnable listener) {
    listeners.remove(listener);
  }

  @Override
  public long synchronousWrites() {
    return store.syncs();
  }

  @Override
  public void close() throws RepositoryException {
    if (rehearsed) {
      try {
        store.close();
      } finally {
        writer.unlock();
      }
      return;
    }
    backups.close();
    reading.close();
    writing(() -> {
      store.close();
      return true;
    });
  }

  private void trim(long oldestBackup) throws RepositoryException {
    writing(() -> {
      store.trim(oldestBackup);
      return true;
    });
  }

  private Workspace workspace() {
    return new Workspace(store, directory, tables, () -> listeners.forEach(Runnable::run));
  }

  /// Something that is done under the writer's lock.
  interface Writing<T> {
    T run() throws RepositoryException;
  }

  <T> T writing(Writing<T> action) throws RepositoryException {
    writer.lock();
    try {
      startSnapshots.changing();
      return action.run();
    } finally {
      writer.unlock();
    }
  }

  private ImportPlan plan(Workspace workspace, ReportDraft draft) {
    return new WaitingPlan(workspace, draft, this, this::commit);
  }

  private boolean commit(Workspace workspace) throws RepositoryException {
    boolean changes = !workspace.isEmpty();
    boolean done = writing(() -> workspace.commit(true));
    if (done && changes) {
      startBackup();
    }
    return done;
  }
}
