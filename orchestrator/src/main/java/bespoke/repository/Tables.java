package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.ServiceFmri;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Reads rows as what they mean, each with its checksum compared. For one thread at a time.
final class Tables {

  private final Path file;
  private final Database database;
  private final Strings strings = new Strings();

  Tables(Path file, Database database) {
    this.file = file;
    this.database = database;
  }

  /// A row of the table `dependent`.
  ///
  /// @param target id of the entity that has the group
  /// @param name of the group
  /// @param declarer id of the entity whose manifest put it there
  /// @param body with the one group
  record Dependent(long target, String name, long declarer, long body) {

    Change toChange() {
      return new Change(Sql.PUT_DEPENDENT, target, name, declarer, body);
    }
  }

  /// What is done with each row.
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  List<EntityRow> entities() throws RepositoryException {
    return list(
        "SELECT * FROM entity",
        8,
        row ->
            new EntityRow(
                row.getLong(1),
                fmri(row.getString(2), row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)));
  }

  /// The id of the machine that used the store last; empty if that is not known.
  String machine() throws RepositoryException {
    List<String> found = list("SELECT * FROM machine WHERE id=1", 3, row -> row.getString(2));
    return found.isEmpty() ? "" : found.getFirst();
  }

  /// A body; [Body#EMPTY] for 0.
  Body body(long id) throws RepositoryException {
    return id == 0 ? Body.EMPTY : read(id, bytes -> Body.read(bytes, strings));
  }

  /// Changes of a layer; none for 0.
  LayerChanges changes(long id) throws RepositoryException {
    return id == 0 ? new LayerChanges() : read(id, LayerChanges::read);
  }

  /// The bytes of a body; none for 0.
  byte[] bytes(long id) throws RepositoryException {
    return id == 0 ? new byte[0] : read(id, bytes -> bytes);
  }

  private <T> T read(long id, Function<byte[], T> reader) throws RepositoryException {
    List<T> found =
        list("SELECT * FROM body WHERE id=?", 3, row -> reader.apply(row.getBytes(2)), (Object) id);
    if (found.isEmpty()) {
      throw new MissingBodyException(file, id);
    }
    return found.getFirst();
  }

  EnabledRow enabled(long entity) throws RepositoryException {
    List<EnabledRow> found =
        list("SELECT * FROM enabled WHERE entity=?", 6, Tables::enabledRow, (Object) entity);
    return found.isEmpty() ? EnabledRow.NONE : found.getFirst();
  }

  /// All settings, by the id of their instance.
  void allEnabled(BiConsumer<Long, EnabledRow> consumer) throws RepositoryException {
    list(
        "SELECT * FROM enabled",
        6,
        row -> {
          consumer.accept(row.getLong(1), enabledRow(row));
          return true;
        });
  }

  private static EnabledRow enabledRow(ResultSet row) throws SQLException {
    Origin origin = OriginCodec.read(new RecordReader(row.getBytes(4)));
    return new EnabledRow(
        EnabledRow.value(row.getLong(2)),
        row.getString(3),
        origin,
        EnabledRow.value(row.getLong(5)));
  }

  Map<SnapshotName, SnapshotRow> snapshots(long entity) throws RepositoryException {
    Map<SnapshotName, SnapshotRow> snapshots = new EnumMap<>(SnapshotName.class);
    list(
        "SELECT * FROM snapshot WHERE entity=?",
        6,
        row -> snapshots.put(SnapshotName.values()[row.getInt(2)], snapshotRow(row)),
        (Object) entity);
    return snapshots;
  }

  static SnapshotRow snapshotRow(ResultSet row) throws SQLException {
    return new SnapshotRow(row.getLong(3), row.getLong(4), EnabledRow.value(row.getLong(5)));
  }

  List<Dependent> dependents() throws RepositoryException {
    return list(
        "SELECT * FROM dependent",
        5,
        row -> new Dependent(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)));
  }

  Map<Path, ManifestFile> files() throws RepositoryException {
    Map<Path, ManifestFile> files = new TreeMap<>();
    list("SELECT * FROM file", 6, Tables::fileRow).forEach(f -> files.put(f.path(), f));
    return files;
  }

  private static ManifestFile fileRow(ResultSet row) throws SQLException {
    List<ServiceFmri> services =
        new RecordReader(row.getBytes(5)).list(in -> new ServiceFmri(in.text()));
    return new ManifestFile(
        Path.of(row.getString(1)), row.getString(2), row.getLong(3), row.getLong(4), services);
  }

  static Change put(ManifestFile file) {
    RecordWriter services = new RecordWriter(64);
    services.list(file.services(), (out, service) -> out.text(service.service()));
    return new Change(
        Sql.PUT_FILE,
        file.path().toString(),
        file.sha256(),
        file.sizeBytes(),
        file.modifiedEpochNanos(),
        services.toBytes());
  }

  private <T> List<T> list(String sql, int columns, RowReader<T> reader, Object... values)
      throws RepositoryException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = database.query(sql, values)) {
      while (rows.next()) {
        if (!database.isIntact(rows, columns)) {
          throw Damage.found(file, "a row has another checksum (" + sql + ")", null);
        }
        found.add(reader.read(rows));
      }
    } catch (SQLException | IllegalArgumentException | MalformedRecordException e) {
      throw Damage.found(file, String.valueOf(e.getMessage()), e);
    }
    return found;
  }

  private static Fmri fmri(String service, String instance) {
    return instance.isEmpty() ? new ServiceFmri(service) : new InstanceFmri(service, instance);
  }
}
