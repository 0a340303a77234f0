package bespoke.repository;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The last good copies of the store, each named after its last transaction. A copy is checked
/// before it counts, so a damaged store never pushes a good copy out.
final class Backups {

  /// How many are kept.
  static final int KEPT = 4;

  private static final String PREFIX = "store-";

  private final Path directory;

  Backups(Path directory) {
    this.directory = directory;
  }

  /// One copy.
  ///
  /// @param file where it is
  /// @param sequence number of its last transaction
  record Backup(Path file, long sequence) {}

  /// What there is, the newest first.
  List<Backup> list() throws IOException {
    List<Backup> backups = new ArrayList<>();
    for (NumberedFile file : NumberedFile.list(directory, PREFIX)) {
      backups.addFirst(new Backup(file.file(), file.number()));
    }
    return backups;
  }

  /// Copies the store as it is now, while others read and write it; drops the oldest copies.
  ///
  /// @return number of the last transaction of the oldest copy that is kept
  /// @throws RepositoryException if the copy would be damaged, or cannot be written
  long make(Path store) throws RepositoryException {
    Path fresh = directory.resolve("fresh");
    try {
      PrivateFiles.createDirectory(directory);
      Files.deleteIfExists(fresh);
      try (Database database = Database.open(store, false)) {
        database.execute("VACUUM INTO '" + fresh.toString().replace("'", "''") + "'");
      }
      PrivateFiles.restrict(fresh);
      long sequence = check(fresh);
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.READ)) {
        channel.force(true);
      }
      Files.move(
          fresh, NumberedFile.path(directory, PREFIX, sequence), StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.syncDirectory(directory);
      return prune();
    } catch (SQLException | IOException e) {
      throw new RepositoryException("cannot back " + store + " up: " + e.getMessage(), e);
    }
  }

  private static long check(Path copy) throws SQLException, RepositoryException {
    try (Database database = Database.open(copy, false)) {
      List<String> problems = Checkup.of(database);
      Store.Meta meta = problems.isEmpty() ? Store.Meta.read(database) : null;
      if (meta == null) {
        throw new RepositoryException("the store is damaged: " + String.join("; ", problems), null);
      }
      return meta.sequence();
    }
  }

  private long prune() throws IOException {
    List<Backup> backups = list();
    for (Backup old : backups.subList(Math.min(KEPT, backups.size()), backups.size())) {
      Files.deleteIfExists(old.file());
    }
    return list().getLast().sequence();
  }
}
