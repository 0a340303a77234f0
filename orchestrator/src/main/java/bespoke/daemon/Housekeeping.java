package bespoke.daemon;

import bespoke.journal.Journal;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// What the stores want done once after the start, when the services have had their time: a backup
/// if anything changed, and the definitions for the journal.
final class Housekeeping {
  private static final long DELAY_SECONDS = 15;

  private Housekeeping() {}

  /// @param log gets what goes wrong
  static void schedule(Repository repository, Journal journal, BiConsumer<Boolean, String> log) {
    CompletableFuture.delayedExecutor(DELAY_SECONDS, TimeUnit.SECONDS)
        .execute(() -> {
          repository.startBackup();
          try {
            journal.writeDefinitions();
          } catch (RepositoryException e) {
            log.accept(true, String.valueOf(e.getMessage()));
          }
        });
  }
}
