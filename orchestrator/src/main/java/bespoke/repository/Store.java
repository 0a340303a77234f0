package bespoke.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The writing side: one connection, the redo log, and the numbers that go on.
///
/// A transaction is run in SQLite, appended to the redo log and forced to disk, and then committed
/// in SQLite. Whatever happens in between, the next opening finds it either in the log (and does
/// it) or nowhere. For one thread at a time.
class Store implements AutoCloseable {

  private static final String UNCERTAIN =
      "whether the last change was made is known only after a restart; restart svc.startd";
  private static final long SWEEP_AFTER = 1024;
  private static final long ROTATE_BYTES = 1 << 20;

  private final Path file;
  private final Database database;
  private final RedoLog redo;
  private final RecordWriter record = new RecordWriter(8192);
  private final AtomicLong next;
  private volatile long sequence;
  private long replaced;
  private @Nullable String broken;

  Store(Path file, Database database, RedoLog redo, Meta meta) {
    this.file = file;
    this.database = database;
    this.redo = redo;
    this.next = new AtomicLong(meta.next());
    this.sequence = meta.sequence();
    this.replaced = meta.replaced();
  }

  /// The row of the table `meta`.
  ///
  /// @param version of the schema
  /// @param sequence number of the last transaction
  /// @param next the next free id
  /// @param replaced bodies replaced since the last sweep
  record Meta(long version, long sequence, long next, long replaced) {

    Change toChange() {
      return new Change(Sql.PUT_META, 1L, version, sequence, next, replaced);
    }

    /// Reads the row; null if it is not there or damaged.
    static @Nullable Meta read(Database database) throws SQLException {
      try (ResultSet rows = database.query("SELECT * FROM meta WHERE id=1")) {
        if (!rows.next() || !database.isIntact(rows, 6)) {
          return null;
        }
        return new Meta(rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5));
      }
    }
  }

  /// Takes over a connection to a store that is intact and current.
  static Store of(Path file, Database database, Meta meta) throws IOException {
    return new Store(
        file, database, RedoLog.open(file.resolveSibling(""), meta.sequence() + 1), meta);
  }

  Database database() {
    return database;
  }

  /// An id that was never used.
  long nextId() {
    return next.getAndIncrement();
  }

  /// Number of the last committed transaction.
  long sequence() {
    return sequence;
  }

  long syncs() {
    return redo.syncs();
  }

  /// Begins a transaction that is never committed: what changes in the store that is returned is
  /// gone when it is closed. This one must not be used meanwhile.
  Store rehearsal() throws RepositoryException {
    requireUnbroken();
    try {
      database.executeKept("BEGIN IMMEDIATE");
    } catch (SQLException e) {
      throw failed(e);
    }
    return new RehearsedStore(
        file, database, redo, new Meta(Schema.VERSION, sequence, next.get(), replaced));
  }

  /// Bytes of the present redo segment.
  long redoSizeBytes() {
    return redo.sizeBytes();
  }

  /// Makes a transaction.
  ///
  /// @param replacedBodies how many bodies may have become unreferenced
  /// @param durable whether it must survive power loss at once
  /// @throws RepositoryException if it cannot be made; nothing was changed
  void commit(List<Change> changes, long replacedBodies, boolean durable)
      throws RepositoryException {
    requireUnbroken();
    boolean sweep = replaced > SWEEP_AFTER;
    Meta meta =
        new Meta(Schema.VERSION, sequence + 1, next.get(), (sweep ? 0 : replaced) + replacedBodies);
    record.number(meta.sequence());
    try {
      database.executeKept("BEGIN IMMEDIATE");
      if (sweep) { // first: what this transaction replaces may still be looked up by readers
        make(new Change(Sql.SWEEP));
      }
      database.change(changes);
      changes.forEach(change -> change.write(record));
      make(meta.toChange());
      redo.append(record, durable);
    } catch (SQLException | IOException e) {
      rollback(e);
      if (redo.isUncertain()) {
        broken = UNCERTAIN;
      }
      throw failed(e);
    } finally {
      record.reset();
    }
    commitInDatabase();
    sequence = meta.sequence();
    replaced = meta.replaced();
  }

  private void make(Change change) throws SQLException {
    database.change(change.sql(), change.values());
    change.write(record);
  }

  private void commitInDatabase() throws RepositoryException {
    try {
      database.executeKept("COMMIT");
    } catch (SQLException e) {
      rollback(e);
      try {
        redo.undo();
      } catch (IOException again) {
        broken = UNCERTAIN;
        e.addSuppressed(again);
      }
      throw failed(e);
    }
  }

  private void rollback(Exception because) {
    try {
      database.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e); // SQLite took it back by itself
    }
  }

  private void requireUnbroken() throws RepositoryException {
    if (broken != null) {
      throw new RepositoryException("cannot write " + file + ": " + broken, null);
    }
  }

  private RepositoryException failed(Exception e) {
    return new RepositoryException(
        "cannot write " + file + ": " + reason(e) + "; nothing was changed", e);
  }

  private String reason(Exception e) {
    if (e instanceof SQLException sql && NoRoom.isCauseOf(sql, file)) {
      return NoRoom.REASON;
    }
    return e instanceof IOException io ? PrivateFiles.reason(io) : String.valueOf(e.getMessage());
  }

  /// After a backup up to a transaction: starts a new redo segment if the present one is long, and
  /// drops those that no backup needs.
  void trim(long oldestBackup) throws RepositoryException {
    try {
      if (redo.sizeBytes() > ROTATE_BYTES) {
        redo.rotate(sequence + 1);
      }
      redo.deleteUpTo(oldestBackup);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() throws RepositoryException {
    try {
      database.close();
      redo.close();
    } catch (SQLException | IOException e) {
      throw new RepositoryException("cannot close " + file + ": " + e.getMessage(), e);
    }
  }
}
