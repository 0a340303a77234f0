package bespoke.repository;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/// One connection to an SQLite file, with its prepared statements. For one thread at a time.
final class Database implements AutoCloseable {

  /// How many values the driver keeps until it runs them: an import has ten thousands.
  private static final int TOGETHER_MAX = 500;

  private final Connection connection;
  private final Map<Sql, PreparedStatement> changes = new EnumMap<>(Sql.class);
  private final Map<String, PreparedStatement> queries = new HashMap<>();
  private final RecordWriter scratch = new RecordWriter(4096);

  private Database(Connection connection) {
    this.connection = connection;
  }

  /// Opens a file for reading and writing; makes it if `create`.
  ///
  /// WAL, so that readers and the writer do not wait for each other. `synchronous=NORMAL` leaves
  /// the file consistent at any moment; the redo log makes transactions durable.
  static Database open(Path file, boolean create) throws SQLException {
    Properties settings = new Properties();
    // SQLITE_OPEN_READWRITE 2, CREATE 4, NOMUTEX 0x8000
    settings.setProperty("open_mode", Integer.toString((create ? 6 : 2) | 0x8000));
    settings.setProperty("jdbc.get_generated_keys", "false"); // a regular expression each time
    @Nullable Connection connection = JDBC.createConnection(JDBC.PREFIX + file, settings);
    if (connection == null) {
      throw new SQLException("sqlite-jdbc does not know " + file);
    }
    Database database = new Database(connection);
    try {
      database.execute("PRAGMA busy_timeout=5000");
      database.execute("PRAGMA cell_size_check=ON");
      database.execute("PRAGMA trusted_schema=OFF");
      database.execute("PRAGMA cache_size=-1024");
      database.execute("PRAGMA journal_mode=WAL");
      database.execute("PRAGMA synchronous=NORMAL");
      return database;
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Runs a statement that comes again and again, such as `COMMIT`.
  void executeKept(String sql) throws SQLException {
    PreparedStatement statement = queries.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      queries.put(sql, statement);
    }
    statement.execute();
  }

  /// Runs a changing statement. The checksum is added here where the row has one.
  void change(Sql sql, Object[] values) throws SQLException {
    PreparedStatement statement = changing(sql);
    bind(statement, sql, values);
    statement.executeUpdate();
  }

  /// Runs changing statements in their order. Those of one kind that follow each other go to the
  /// driver together, which spends a third less on each.
  void change(List<Change> changes) throws SQLException {
    for (int from = 0; from < changes.size(); ) {
      Sql sql = changes.get(from).sql();
      int to = from + 1;
      while (to < changes.size() && to - from < TOGETHER_MAX && changes.get(to).sql() == sql) {
        to++;
      }
      if (to == from + 1) {
        change(sql, changes.get(from).values());
      } else {
        changeTogether(sql, changes.subList(from, to));
      }
      from = to;
    }
  }

  private void changeTogether(Sql sql, List<Change> changes) throws SQLException {
    PreparedStatement statement = changing(sql);
    for (Change change : changes) {
      bind(statement, sql, change.values());
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private PreparedStatement changing(Sql sql) throws SQLException {
    PreparedStatement statement = changes.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql.text());
      changes.put(sql, statement);
    }
    return statement;
  }

  private void bind(PreparedStatement statement, Sql sql, Object[] values) throws SQLException {
    Row.bind(statement, values);
    if (sql.isChecked()) {
      statement.setLong(values.length + 1, Row.crc(scratch, values));
    }
  }

  /// Runs a query whose statement is kept for the next time; the caller closes the result.
  ResultSet query(String sql, Object... values) throws SQLException {
    PreparedStatement statement = queries.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      queries.put(sql, statement);
    }
    Row.bind(statement, values);
    return statement.executeQuery();
  }

  /// The first column of the first row, or null.
  @Nullable String text(String sql) throws SQLException {
    try (ResultSet rows = query(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /// Whether the present row of a result is what was written.
  boolean isIntact(ResultSet rows, int columns) throws SQLException {
    return Row.isIntact(rows, columns, scratch);
  }

  /// Takes back the open transaction. Prepared statements are made anew: one that failed (no space)
  /// would go on failing.
  void rollback() throws SQLException {
    closeStatements();
    execute("ROLLBACK");
  }

  private void closeStatements() throws SQLException {
    for (PreparedStatement statement : changes.values()) {
      statement.close();
    }
    changes.clear();
    for (PreparedStatement statement : queries.values()) {
      statement.close();
    }
    queries.clear();
  }

  @Override
  public void close() throws SQLException {
    try {
      closeStatements();
    } finally {
      connection.close();
    }
  }
}
