package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The reading side: a connection of its own, so that readers never hold the writer up. Its methods
/// may be called from any thread.
final class Reading implements AutoCloseable {

  private static final int ATTEMPTS = 5;

  private final Path file;
  private final Directory directory;
  private final boolean borrowed;
  private @Nullable Database database;
  private @Nullable Tables tables;

  Reading(Path file, Directory directory) {
    this.file = file;
    this.directory = directory;
    this.borrowed = false;
  }

  /// Reads through the writer's connection, so that it sees what is not committed; closing leaves
  /// the connection open.
  Reading(Path file, Directory directory, Database writing) {
    this.file = file;
    this.directory = directory;
    this.borrowed = true;
    this.database = writing;
    this.tables = new Tables(file, writing);
  }

  /// A reading of several rows that belong together.
  interface Query<T> {
    T read(Tables tables) throws RepositoryException;
  }

  /// Reads; again if a writer swept away what was looked up before.
  synchronized <T> T read(Query<T> query) throws RepositoryException {
    for (int attempt = 1; ; attempt++) {
      try {
        return query.read(tables());
      } catch (MissingBodyException e) {
        if (attempt == ATTEMPTS) {
          throw Damage.found(file, e.getMessage(), e);
        }
      }
    }
  }

  private Tables tables() throws RepositoryException {
    Tables open = tables;
    if (open == null) {
      try {
        Database connection = Database.open(file, false);
        database = connection;
        open = new Tables(file, connection);
        tables = open;
      } catch (SQLException e) {
        throw new RepositoryException("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
    return open;
  }

  private Database database() throws RepositoryException {
    tables();
    return Objects.requireNonNull(database);
  }

  /// The body of all layers of an entity, 0 if it does not exist.
  long current(Fmri fmri) {
    EntityRow row = directory.row(fmri);
    return row == null ? 0 : row.current();
  }

  /// Reads all instances in a few queries.
  synchronized void forEachInstance(Consumer<StoredInstance> consumer) throws RepositoryException {
    Map<Long, EntityRow> byId = new HashMap<>();
    directory.rows().forEach(row -> byId.put(row.id(), row));
    Set<Long> seen = new HashSet<>();
    Map<Long, EnabledSetting> enabled = enabled();
    try {
      running(byId, enabled, seen, consumer);
    } catch (SQLException | IllegalArgumentException | MalformedRecordException e) {
      throw Damage.found(file, String.valueOf(e.getMessage()), e);
    }
    for (EntityRow row : byId.values()) {
      if (row.fmri() instanceof InstanceFmri instance && !seen.contains(row.id())) {
        Body own = tables().body(row.current());
        PropertyGroups service = tables().body(current(instance.serviceFmri())).groups();
        consumer.accept(
            new StoredInstance(
                instance,
                service.overriddenBy(own.groups()),
                enabled.getOrDefault(row.id(), EnabledRow.NONE.setting()),
                own.origin()));
      }
    }
  }

  private Map<Long, EnabledSetting> enabled() throws RepositoryException {
    Map<Long, EnabledSetting> all = new HashMap<>();
    tables().allEnabled((id, row) -> all.put(id, row.setting()));
    return all;
  }

  /// Instances with a `running` snapshot, in the order of their making, so that the instances of
  /// one service mostly follow one another.
  private void running(
      Map<Long, EntityRow> byId,
      Map<Long, EnabledSetting> enabled,
      Set<Long> seen,
      Consumer<StoredInstance> consumer)
      throws SQLException, RepositoryException {
    String sql =
        "SELECT s.entity,s.own,s.service,o.data,o.crc FROM snapshot s LEFT JOIN body o ON"
            + " o.id=s.own WHERE s.name="
            + SnapshotName.RUNNING.ordinal()
            + " ORDER BY s.entity";
    long serviceId = -1;
    PropertyGroups service = PropertyGroups.EMPTY;
    Strings strings = new Strings();
    RecordWriter scratch = new RecordWriter(4096);
    try (ResultSet rows = database().query(sql)) {
      while (rows.next()) {
        EntityRow row = byId.get(rows.getLong(1));
        if (row == null || !(row.fmri() instanceof InstanceFmri instance)) {
          continue;
        }
        seen.add(row.id());
        if (rows.getLong(3) != serviceId) {
          serviceId = rows.getLong(3);
          service = tables().body(serviceId).groups();
        }
        Body own = body(rows, strings, scratch);
        consumer.accept(
            new StoredInstance(
                instance,
                service.overriddenBy(own.groups()),
                enabled.getOrDefault(row.id(), EnabledRow.NONE.setting()),
                own.origin()));
      }
    }
  }

  private static Body body(ResultSet rows, Strings strings, RecordWriter scratch)
      throws SQLException {
    long id = rows.getLong(2);
    if (id == 0) {
      return Body.EMPTY;
    }
    byte[] data = rows.getBytes(4);
    if (data == null || Row.crc(scratch, id, data) != rows.getLong(5)) {
      throw new MalformedRecordException("the property groups " + id + " are damaged");
    }
    return Body.read(data, strings);
  }

  /// An instance on its own.
  Optional<StoredInstance> instance(InstanceFmri instance) throws RepositoryException {
    return read(open -> {
      EntityRow row = directory.row(instance);
      if (row == null) {
        return Optional.empty();
      }
      SnapshotRow snapshot = running(open, row);
      Body own = open.body(snapshot.own());
      PropertyGroups service = open.body(snapshot.service()).groups();
      return Optional.of(
          new StoredInstance(
              instance,
              service.overriddenBy(own.groups()),
              open.enabled(row.id()).setting(),
              own.origin()));
    });
  }

  /// What all layers of an entity say, of its own.
  PropertyGroups own(Fmri entity) throws RepositoryException {
    return read(open -> {
      EntityRow row = directory.row(entity);
      if (row == null) {
        return PropertyGroups.EMPTY;
      }
      EnabledRow enabled = open.enabled(row.id());
      PropertyGroups groups = open.body(row.current()).groups();
      return EnabledRow.shown(groups, enabled.value(), enabled.origin());
    });
  }

  /// What one layer of an entity says.
  PropertyGroups layer(Fmri entity, Layer layer) throws RepositoryException {
    return read(open -> {
      EntityRow row = directory.row(entity);
      if (row == null) {
        return PropertyGroups.EMPTY;
      }
      return switch (layer) {
        case MANIFEST -> open.body(row.manifest()).groups();
        case PROFILE -> open.changes(row.profile()).over(PropertyGroups.EMPTY);
        case ADMIN -> open.changes(row.admin()).over(PropertyGroups.EMPTY);
      };
    });
  }

  /// The permanent setting of an instance.
  EnabledSetting enabled(InstanceFmri instance) throws RepositoryException {
    return read(open -> {
      EntityRow row = directory.row(instance);
      return (row == null ? EnabledRow.NONE : open.enabled(row.id())).setting();
    });
  }

  /// The `running` snapshot, composed; what is configured if there is none.
  PropertyGroups running(InstanceFmri instance) throws RepositoryException {
    return read(open -> {
      EntityRow row = directory.row(instance);
      return row == null
          ? PropertyGroups.EMPTY
          : snapshot(open, instance, SnapshotName.RUNNING, running(open, row)).composed();
    });
  }

  /// The snapshots that an instance has.
  List<SnapshotName> snapshots(InstanceFmri instance) throws RepositoryException {
    return read(open -> {
      EntityRow row = directory.row(instance);
      return row == null ? List.of() : List.copyOf(open.snapshots(row.id()).keySet());
    });
  }

  /// One snapshot of an instance.
  Optional<Snapshot> snapshot(InstanceFmri instance, SnapshotName name) throws RepositoryException {
    return read(open -> {
      EntityRow row = directory.row(instance);
      SnapshotRow found = row == null ? null : open.snapshots(row.id()).get(name);
      return found == null ? Optional.empty() : Optional.of(snapshot(open, instance, name, found));
    });
  }

  private static Snapshot snapshot(
      Tables open, InstanceFmri instance, SnapshotName name, SnapshotRow row)
      throws RepositoryException {
    Body own = open.body(row.own());
    return new Snapshot(
        instance,
        name,
        EnabledRow.shown(own.groups(), row.enabled(), own.origin()),
        open.body(row.service()).groups());
  }

  /// The `running` snapshot; what is configured if there is none.
  private SnapshotRow running(Tables open, EntityRow row) throws RepositoryException {
    SnapshotRow snapshot = open.snapshots(row.id()).get(SnapshotName.RUNNING);
    return snapshot != null
        ? snapshot
        : new SnapshotRow(
            row.current(), current(row.fmri().serviceFmri()), open.enabled(row.id()).value());
  }

  @Override
  public synchronized void close() throws RepositoryException {
    try {
      if (database != null && !borrowed) {
        database.close();
      }
    } catch (SQLException e) {
      throw new RepositoryException("cannot close " + file + ": " + e.getMessage(), e);
    }
  }
}
