package bespoke.daemon;

import bespoke.journal.Journal;
import bespoke.os.MappedFiles;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// What is done once after the start, when the services have had their time: a backup if anything
/// changed, the definitions for the journal, and the memory given back that the start needed.
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
          System.gc(); // a heap shrinks only then; 10 ms with a hundred services
          MappedFiles.giveBack();
        });
  }
}
