package bespoke.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes backups beside the work: one at a time, and while one is made at most one more is asked
/// for, so that a thousand imports make a few.
///
/// Each waits a moment: what was imported is about to be started, and that comes first. Until the
/// backup is made, the store and its redo log have the import.
final class BackupThread implements AutoCloseable {

  private static final long DELAY_NANOS = 3_000_000_000L;

  private final Path store;
  private final Backups backups;
  private final Trimmer trimmer;
  private @Nullable Thread thread;
  private boolean again;
  private boolean closed;

  BackupThread(Path store, Trimmer trimmer) {
    this.store = store;
    this.backups = new Backups(store.resolveSibling("backup"));
    this.trimmer = trimmer;
  }

  /// Drops what the backups make needless.
  interface Trimmer {

    /// @param oldestBackup number of the last transaction of the oldest backup
    void trim(long oldestBackup) throws RepositoryException;
  }

  /// Makes a backup soon, unless the newest one has that transaction already.
  synchronized void start(long sequence) {
    if (closed || isCurrent(sequence)) {
      return;
    }
    if (thread != null) {
      again = true;
      return;
    }
    thread = Thread.ofPlatform().daemon().name("backup").start(this::run);
  }

  private boolean isCurrent(long sequence) {
    try {
      List<Backups.Backup> all = backups.list();
      return !all.isEmpty() && all.getFirst().sequence() >= sequence;
    } catch (IOException e) {
      return false; // making one says what is wrong
    }
  }

  private void run() {
    do {
      rest();
      try {
        trimmer.trim(backups.make(store));
      } catch (RepositoryException e) {
        System.getLogger("bespoke.repository").log(System.Logger.Level.ERROR, e.getMessage());
      }
    } while (isWantedAgain());
  }

  /// Lets others work first, but for one who waits in [#close].
  private synchronized void rest() {
    long end = System.nanoTime() + DELAY_NANOS;
    try {
      for (long left = DELAY_NANOS; left > 0 && !closed; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    again = false; // the one that is made now has everything
  }

  private synchronized boolean isWantedAgain() {
    boolean more = again && !closed;
    again = false;
    if (!more) {
      thread = null;
    }
    return more;
  }

  /// Waits for the backup under way.
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      notifyAll();
      running = thread;
    }
    if (running == null) {
      return;
    }
    try {
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
