package bespoke.repository;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Brings stores of earlier versions to the present one.
///
/// A step is a list of statements of [Sql] and so an ordinary transaction: it is in the redo log,
/// and an earlier backup that is restored goes through it again. Before the first step a backup is
/// made, with which the earlier program could go on.
final class Migrations {

  private Migrations() {}

  /// The statements that lead from a version to the next.
  private static List<Change> step(long from) {
    if (from == 1) {
      return List.of(new Change(Sql.MAKE_MACHINE));
    }
    throw new IllegalStateException("there is no step from version " + from);
  }

  /// Takes all steps in one transaction; does nothing to a store of the present version.
  ///
  /// @param from the version of the store
  /// @param messages gets what an operator should know
  static void run(Store store, Path file, long from, List<String> messages)
      throws RepositoryException {
    if (from == Schema.VERSION) {
      return;
    }
    Backups backups = new Backups(file.resolveSibling("backup"));
    backups.make(file);
    List<Change> changes = new ArrayList<>();
    for (long version = from; version < Schema.VERSION; version++) {
      changes.addAll(step(version));
    }
    store.commit(changes, 0, true);
    messages.add(
        "the repository "
            + file
            + " is of version "
            + Schema.VERSION
            + " now, after version "
            + from
            + "; a copy of what it was is in "
            + file.resolveSibling("backup"));
  }
}
