package bespoke.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// Finds the store as it was left, whatever happened to it: makes a new one only where nothing is,
/// does what the redo log has in advance, and rebuilds a damaged one from the newest good backup
/// and the log.
final class Opening {

  private static final int SET_ASIDE_MAX = 4;
  private static final long WHOLE_CHECK_BYTES_MAX = 4 << 20;

  private final Path directory;
  private final Path file;
  private final Backups backups;
  private final List<String> messages = new ArrayList<>();

  Opening(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("store.db");
    this.backups = new Backups(directory.resolve("backup"));
  }

  /// A store that is intact and current.
  ///
  /// @param messages for an operator
  record Opened(Path file, Database database, Store.Meta meta, List<String> messages) {}

  /// A file that was read and found intact, or why not.
  private record Candidate(@Nullable Database database, Store.Meta meta, List<String> problems) {}

  private static final Store.Meta NONE = new Store.Meta(0, 0, 0, 0);

  /// @throws RepositoryException if it cannot be read, or nothing is left to rebuild it from
  Opened open() throws RepositoryException {
    try {
      PrivateFiles.createDirectory(directory);
      if (!Files.exists(file)) {
        if (backups.list().isEmpty() && RedoSegment.list(directory).isEmpty()) {
          create(file);
        } else {
          return rebuild(List.of("it is missing"), 0);
        }
      }
      Candidate candidate = read(file);
      Database database = candidate.database();
      if (database == null) {
        return rebuild(candidate.problems(), candidate.meta().sequence());
      }
      return current(database, candidate.meta());
    } catch (SQLException | IOException e) {
      throw e instanceof RepositoryException known ? known : cannot(e);
    }
  }

  /// Brings an intact store up to date from the log.
  private Opened current(Database database, Store.Meta meta) throws IOException, SQLException {
    Replay.Result result = Replay.run(database, directory, meta.sequence());
    if (result.seen() > result.reached()) {
      messages.add(
          "the repository "
              + file
              + " lacks the changes "
              + (result.reached() + 1)
              + " to "
              + result.seen()
              + ", which its redo log has lost; check what was changed last");
    }
    for (RedoSegment segment : result.unusable()) {
      setAside(segment.file());
    }
    Store.Meta now = Store.Meta.read(database);
    if (now == null) {
      throw new RepositoryException("cannot read " + file + " after its redo log was done", null);
    }
    return new Opened(file, database, now, messages);
  }

  private Candidate read(Path candidate) throws SQLException, RepositoryException {
    Database database = null;
    try {
      database = Database.open(candidate, false);
      Store.Meta meta = metaOrNone(database);
      if (meta.version() > Schema.VERSION) {
        throw new RepositoryException(
            "cannot read " + candidate + ": a later version of the program made it; use that one",
            null);
      }
      List<String> problems = Checkup.of(database, isWholeCheckDue(candidate));
      if (problems.isEmpty()) {
        Files.deleteIfExists(Damage.marker(directory));
        database.execute("BEGIN IMMEDIATE");
        database.execute("ROLLBACK");
        return new Candidate(database, meta, List.of());
      }
      database.close();
      return new Candidate(null, meta, problems);
    } catch (IOException e) {
      throw cannot(e);
    } catch (SQLException e) {
      if (database != null) {
        database.close();
      }
      if (isEnvironment(e)) {
        throw e;
      }
      return new Candidate(null, NONE, List.of(String.valueOf(e.getMessage())));
    }
  }

  /// Small stores, copies and suspects are read whole; in a large store the property groups are
  /// left to those who read them.
  private boolean isWholeCheckDue(Path candidate) throws IOException {
    return !candidate.equals(file)
        || Files.size(file) < WHOLE_CHECK_BYTES_MAX
        || Files.exists(Damage.marker(directory));
  }

  private static Store.Meta metaOrNone(Database database) {
    try {
      Store.Meta meta = Store.Meta.read(database);
      return meta == null ? NONE : meta;
    } catch (SQLException e) {
      return NONE; // the checkup says why
    }
  }

  /// Whether the system is to blame rather than the file.
  private boolean isEnvironment(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_PERM.code
        || code == SQLiteErrorCode.SQLITE_BUSY.code
        || code == SQLiteErrorCode.SQLITE_NOMEM.code
        || code == SQLiteErrorCode.SQLITE_FULL.code
        || code == SQLiteErrorCode.SQLITE_IOERR.code
        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || code == SQLiteErrorCode.SQLITE_READONLY.code && !Files.isWritable(file);
  }

  /// Makes an empty store, whole or not at all.
  private void create(Path target) throws SQLException, IOException {
    Path fresh = fresh();
    Files.createFile(fresh, PrivateFiles.FILE);
    try (Database database = Database.open(fresh, true)) {
      database.execute("BEGIN IMMEDIATE");
      for (String table : Schema.TABLES) {
        database.execute(table);
      }
      Change meta = new Store.Meta(Schema.VERSION, 0, 1, 0).toChange();
      database.change(meta.sql(), meta.values());
      database.execute("COMMIT");
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.syncDirectory(directory);
  }

  private Path fresh() throws IOException {
    Path fresh = directory.resolve("store.new");
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(directory.resolve("store.new" + suffix));
    }
    return fresh;
  }

  /// Builds the store anew and sets the damaged one aside.
  ///
  /// @param known the highest transaction that is known to have been made, or 0
  private Opened rebuild(List<String> problems, long known) throws SQLException, IOException {
    for (Backups.Backup backup : backups.list()) {
      Path fresh = fresh();
      Files.copy(backup.file(), fresh);
      PrivateFiles.restrict(fresh);
      if (isGood(fresh)) {
        return replace(problems, "the backup " + backup.file(), known);
      }
      messages.add("the backup " + backup.file() + " is damaged too");
    }
    List<RedoSegment> segments = RedoSegment.list(directory);
    if (!segments.isEmpty() && segments.getFirst().first() == 1) {
      create(fresh().resolveSibling("store.first"));
      Files.move(directory.resolve("store.first"), fresh());
      return replace(problems, "its redo log", known);
    }
    throw new RepositoryException(
        "cannot read the repository "
            + file
            + ": "
            + String.join("; ", problems)
            + ", and there is no good backup in "
            + directory.resolve("backup")
            + "; copy one there, or move "
            + directory
            + " away to start with an empty repository",
        null);
  }

  private boolean isGood(Path candidate) throws SQLException, RepositoryException {
    Database database = read(candidate).database();
    if (database == null) {
      return false;
    }
    database.close();
    return true;
  }

  private Opened replace(List<String> problems, String source, long known)
      throws SQLException, IOException {
    Path aside = setAside(file);
    Files.move(directory.resolve("store.new"), file, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.syncDirectory(directory);
    Candidate candidate = read(file);
    Database database = candidate.database();
    if (database == null) {
      throw new RepositoryException("cannot read " + file + " after it was rebuilt", null);
    }
    int before = messages.size();
    Opened opened = current(database, candidate.meta());
    long reached = opened.meta().sequence();
    boolean lost = known > reached && messages.size() == before;
    messages.add(
        "the repository "
            + file
            + " was damaged ("
            + String.join("; ", problems)
            + "); it was set aside in "
            + aside
            + " and rebuilt from "
            + source
            + " and "
            + (reached - candidate.meta().sequence())
            + " later changes; "
            + (lost
                ? "the changes " + (reached + 1) + " to " + known + " are lost"
                : "change " + reached + " is the last one that is known"));
    return opened;
  }

  /// Moves a file, and what SQLite keeps next to it, out of the way.
  private Path setAside(Path damaged) throws IOException {
    int number = 1;
    while (Files.exists(directory.resolve("damaged-" + number)) && number < SET_ASIDE_MAX) {
      number++;
    }
    Path aside = directory.resolve("damaged-" + number);
    PrivateFiles.createDirectory(aside);
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path from = damaged.resolveSibling(damaged.getFileName() + suffix);
      if (Files.exists(from)) {
        Files.move(from, aside.resolve(from.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return aside;
  }

  private RepositoryException cannot(Exception e) {
    if (e instanceof SQLException sql && NoRoom.isCauseOf(sql, file)) {
      return new RepositoryException(
          "cannot open the repository " + file + ": " + NoRoom.REASON, e);
    }
    String reason = e instanceof IOException io ? PrivateFiles.reason(io) : e.getMessage();
    return new RepositoryException(
        "cannot open the repository " + file + ": " + reason + "; make it readable and writable",
        e);
  }
}
