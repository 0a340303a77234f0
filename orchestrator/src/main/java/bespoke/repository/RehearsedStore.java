package bespoke.repository;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// A store inside a transaction of SQLite that is taken back in the end; the redo log learns
/// nothing of it.
final class RehearsedStore extends Store {
  private long commits;

  RehearsedStore(Path file, Database database, RedoLog redo, Meta meta) {
    super(file, database, redo, meta);
  }

  @Override
  long sequence() {
    return super.sequence() + commits;
  }

  @Override
  void commit(List<Change> changes, long replacedBodies, boolean durable)
      throws RepositoryException {
    try {
      database().change(changes);
    } catch (SQLException e) {
      throw new RepositoryException("cannot rehearse the change: " + e.getMessage(), e);
    }
    commits++;
  }

  @Override
  void trim(long oldestBackup) {
    // The redo log belongs to the store that is rehearsed.
  }

  @Override
  public void close() throws RepositoryException {
    try {
      database().rollback();
    } catch (SQLException e) {
      throw new RepositoryException("cannot end a rehearsal: " + e.getMessage(), e);
    }
  }
}
