package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One transaction in the making: drafts of the entities it touches, and the statements that come
/// out in the end. Nothing is written before [#commit].
///
/// Made and used under the writer's lock; a plan may wait in between, and is refused when another
/// transaction was faster.
final class Workspace {

  private final Store store;
  private final Directory directory;
  private final Tables tables;
  private final Runnable committed;
  private final long base;
  private final Map<Fmri, Draft> drafts = new LinkedHashMap<>();
  private final Map<ServiceFmri, List<InstanceFmri>> made = new HashMap<>();
  private final Set<Fmri> removed = new LinkedHashSet<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<Long, byte[]> fresh = new LinkedHashMap<>();
  private @Nullable DependentGroups dependents;
  private long replaced;

  /// @param committed is told when the transaction was made
  Workspace(Store store, Directory directory, Tables tables, Runnable committed) {
    this.committed = committed;
    this.store = store;
    this.directory = directory;
    this.tables = tables;
    this.base = store.sequence();
  }

  Tables tables() {
    return tables;
  }

  DependentGroups dependents() throws RepositoryException {
    if (dependents == null) {
      dependents = new DependentGroups(this);
    }
    return dependents;
  }

  /// The dependents, which were asked for before.
  DependentGroups dependentsLoaded() {
    if (dependents == null) {
      throw new IllegalStateException("the dependents were not loaded");
    }
    return dependents;
  }

  /// Lets the entity of that id be settled again.
  void touch(long id) {
    for (EntityRow row : directory.rows()) {
      if (row.id() == id) {
        draft(row.fmri()).ifPresent(Draft::touch);
        return;
      }
    }
    drafts.values().stream().filter(draft -> draft.id() == id).forEach(Draft::touch);
  }

  /// The name of the entity of that id.
  ///
  /// @throws IllegalStateException if there is none
  Fmri fmri(long id) {
    for (Draft draft : drafts.values()) {
      if (draft.id() == id) {
        return draft.fmri();
      }
    }
    for (EntityRow row : directory.rows()) {
      if (row.id() == id) {
        return row.fmri();
      }
    }
    throw new IllegalStateException("no entity " + id);
  }

  /// The working copy of an entity that exists.
  Optional<Draft> draft(Fmri fmri) {
    Draft known = drafts.get(fmri);
    if (known != null || removed.contains(fmri)) {
      return Optional.ofNullable(known);
    }
    EntityRow row = directory.row(fmri);
    if (row == null) {
      return Optional.empty();
    }
    Draft draft = new Draft(this, row, row);
    drafts.put(fmri, draft);
    return Optional.of(draft);
  }

  /// The working copy of an entity, which is made if it does not exist; so is its service.
  Draft draftOrNew(Fmri fmri) {
    Optional<Draft> known = draft(fmri);
    if (known.isPresent()) {
      return known.get();
    }
    if (fmri instanceof InstanceFmri instance) {
      draftOrNew(instance.serviceFmri());
      made.computeIfAbsent(instance.serviceFmri(), service -> new ArrayList<>()).add(instance);
    }
    Draft draft = new Draft(this, null, new EntityRow(store.nextId(), fmri, 0, 0, 0, 0));
    drafts.put(fmri, draft);
    removed.remove(fmri);
    return draft;
  }

  /// All working copies.
  Collection<Draft> drafts() {
    return new ArrayList<>(drafts.values());
  }

  /// The instances of a service, those in the making included.
  List<InstanceFmri> instances(ServiceFmri service) {
    Set<InstanceFmri> instances = new LinkedHashSet<>(directory.instances(service));
    instances.addAll(made.getOrDefault(service, List.of()));
    instances.removeIf(removed::contains);
    return new ArrayList<>(instances);
  }

  /// Removes one entity; the caller removes its instances before.
  void remove(Draft draft) {
    drafts.remove(draft.fmri());
    removed.add(draft.fmri());
    change(new Change(Sql.DELETE_ENTITY, draft.id()));
    change(new Change(Sql.DELETE_ENABLED, draft.id()));
    change(new Change(Sql.DELETE_SNAPSHOTS, draft.id()));
    replaced += SnapshotName.values().length;
  }

  Set<Fmri> removed() {
    return removed;
  }

  void change(Change change) {
    changes.add(change);
  }

  /// Stores new bytes.
  ///
  /// @return the id of the body
  long body(byte[] bytes) {
    long id = store.nextId();
    change(new Change(Sql.PUT_BODY, id, bytes));
    fresh.put(id, bytes);
    return id;
  }

  /// Counts a body that is no longer referred to.
  ///
  /// @return the new one
  long replace(long old, long now) {
    if (old != 0 && old != now) {
      replaced++;
    }
    return now;
  }

  /// The groups of a body, stored or in the making.
  Body read(long id) throws RepositoryException {
    byte[] bytes = fresh.get(id);
    return bytes == null ? tables.body(id) : Body.read(bytes, new Strings());
  }

  /// The bytes of a body, stored or in the making.
  byte[] bytes(long id) throws RepositoryException {
    byte[] bytes = fresh.get(id);
    return bytes == null ? tables.bytes(id) : bytes;
  }

  /// Works out all drafts. Their rows come after all bodies: statements of one kind in a row are
  /// cheaper.
  void settle() throws RepositoryException {
    List<Change> rows = new ArrayList<>();
    for (Draft draft : drafts()) {
      draft.settle(rows);
    }
    changes.addAll(rows);
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /// Makes the transaction.
  ///
  /// @return false if another one was made since this one was begun
  boolean commit(boolean durable) throws RepositoryException {
    if (store.sequence() != base) {
      return false;
    }
    if (changes.isEmpty()) {
      return true;
    }
    store.commit(changes, replaced, durable);
    removed.forEach(directory::remove);
    drafts.values().forEach(draft -> directory.put(draft.row()));
    committed.run();
    return true;
  }
}
