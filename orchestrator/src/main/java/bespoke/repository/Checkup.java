package bespoke.repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Says what is damaged in a store.
final class Checkup {

  private static final int PROBLEMS_MAX = 3;

  private Checkup() {}

  /// Looks at the structure of the file and at every row's checksum.
  ///
  /// @return sentences; empty if all is well
  static List<String> of(Database database) {
    return of(database, true);
  }

  /// Looks at the structure of the file and the checksums.
  ///
  /// @param bodies whether the property groups too, which are most of the file
  static List<String> of(Database database, boolean bodies) {
    List<String> problems = new ArrayList<>();
    try {
      int tables = Schema.tables(version(database));
      structure(database, tables, problems);
      if (problems.isEmpty()) {
        for (Schema.Table table : Schema.ALL.subList(0, tables)) {
          if (!bodies && table.name().equals("body")) {
            continue; // whoever reads one compares its checksum
          }
          rows(database, table, problems);
        }
      }
      if (problems.isEmpty() && Store.Meta.read(database) == null) {
        problems.add("the table meta is empty");
      }
    } catch (SQLException e) {
      problems.add(e.getMessage());
    }
    return problems;
  }

  /// What the store says that it is; the present version when it cannot be read.
  private static long version(Database database) {
    try {
      Store.Meta meta = Store.Meta.read(database);
      return meta == null ? Schema.VERSION : meta.version();
    } catch (SQLException e) {
      return Schema.VERSION; // the structure says why
    }
  }

  private static void structure(Database database, int expected, List<String> problems)
      throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        database.query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    if (!tables.equals(Schema.TABLES.subList(0, expected))) {
      problems.add(
          "it has other tables than this version of the program makes: "
              + tables.size()
              + " found");
      return;
    }
    try (ResultSet rows = database.query("PRAGMA quick_check(" + PROBLEMS_MAX + ")")) {
      while (rows.next()) {
        String line = rows.getString(1);
        if (!line.equals("ok")) {
          problems.add(line.replace("*** in database main ***", "").replace('\n', ' ').strip());
        }
      }
    }
  }

  private static void rows(Database database, Schema.Table table, List<String> problems)
      throws SQLException {
    long damaged = 0;
    try (ResultSet rows = database.query("SELECT * FROM " + table.name())) {
      while (rows.next()) {
        if (!database.isIntact(rows, table.columns())) {
          damaged++;
        }
      }
    }
    if (damaged > 0) {
      problems.add(damaged + " rows of the table " + table.name() + " are damaged");
    }
  }
}
