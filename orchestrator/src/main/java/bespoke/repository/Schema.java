package bespoke.repository;

import java.util.List;

/// The tables of the store. There are no secondary indexes: the entities are held in memory, and
/// everything else is read by its key, so no index can disagree with its table.
///
/// `0` as a reference to a body means none. Every row ends with its checksum ([Sql]).
final class Schema {

  /// The version that this program writes. A store of a later one is refused; [Migrations] knows
  /// the earlier ones.
  static final int VERSION = 2;

  /// Since version 2: one row with the id of the machine (machine-id(5)) that used it last.
  static final String MACHINE =
      "CREATE TABLE machine(id INTEGER PRIMARY KEY, machine TEXT NOT NULL, crc INTEGER NOT NULL)";

  private static final int TABLES_OF_VERSION_1 = 7;

  /// How each table is made, in the order of `sqlite_schema`.
  static final List<String> TABLES =
      List.of(
          // one row; replaced: bodies replaced since the last sweep
          "CREATE TABLE meta(id INTEGER PRIMARY KEY, version INTEGER NOT NULL,"
              + " sequence INTEGER NOT NULL, next INTEGER NOT NULL, replaced INTEGER NOT NULL,"
              + " crc INTEGER NOT NULL)",
          // property groups, see Body, LayerChanges
          "CREATE TABLE body(id INTEGER PRIMARY KEY, data BLOB NOT NULL, crc INTEGER NOT NULL)",
          // services (instance '') and instances; manifest, profile, admin, current: bodies
          "CREATE TABLE entity(id INTEGER PRIMARY KEY, service TEXT NOT NULL,"
              + " instance TEXT NOT NULL, manifest INTEGER NOT NULL, profile INTEGER NOT NULL,"
              + " admin INTEGER NOT NULL, current INTEGER NOT NULL, crc INTEGER NOT NULL)",
          // permanent setting of an instance and what its manifest wished: 1, 0, or -1 for none
          "CREATE TABLE enabled(entity INTEGER PRIMARY KEY, value INTEGER NOT NULL,"
              + " comment TEXT NOT NULL, origin BLOB NOT NULL, wish INTEGER NOT NULL,"
              + " crc INTEGER NOT NULL)",
          // name: SnapshotName; own, service: bodies; enabled: as above
          "CREATE TABLE snapshot(entity INTEGER NOT NULL, name INTEGER NOT NULL,"
              + " own INTEGER NOT NULL, service INTEGER NOT NULL, enabled INTEGER NOT NULL,"
              + " crc INTEGER NOT NULL, PRIMARY KEY(entity, name)) WITHOUT ROWID",
          // groups that a manifest puts into another entity
          "CREATE TABLE dependent(target INTEGER NOT NULL, name TEXT NOT NULL,"
              + " declarer INTEGER NOT NULL, body INTEGER NOT NULL, crc INTEGER NOT NULL,"
              + " PRIMARY KEY(target, name)) WITHOUT ROWID",
          // service description files, see ManifestFile; services: a list of names
          "CREATE TABLE file(path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL,"
              + " modified INTEGER NOT NULL, services BLOB NOT NULL, crc INTEGER NOT NULL)"
              + " WITHOUT ROWID",
          MACHINE);

  /// Tables and how many columns each has, the checksum included.
  static final List<Table> ALL =
      List.of(
          new Table("meta", 6),
          new Table("body", 3),
          new Table("entity", 8),
          new Table("enabled", 6),
          new Table("snapshot", 6),
          new Table("dependent", 5),
          new Table("file", 6),
          new Table("machine", 3));

  private Schema() {}

  /// How many of the tables a version has: a later one only adds.
  static int tables(long version) {
    return version == 1 ? TABLES_OF_VERSION_1 : TABLES.size();
  }

  /// A table.
  ///
  /// @param name as in SQL
  /// @param columns how many, the checksum included
  record Table(String name, int columns) {}
}
