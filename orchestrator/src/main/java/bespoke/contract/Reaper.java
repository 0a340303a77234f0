package bespoke.contract;

import bespoke.os.Children;
import bespoke.os.SignalHandling;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The one thread of the process that waits for children to end. Sleeps without waking while there
/// are none.
final class Reaper implements AutoCloseable {
  /// How soon ended children that were left are looked at again.
  private static final long AGAIN_MILLIS = 5;

  /// Takes away what has ended.
  @FunctionalInterface
  interface Deaths {
    /// Called on the reaper's thread for a child that had ended a moment ago.
    ///
    /// @return whether to look again soon, because some were left
    boolean reap(int pid);
  }

  private final Deaths deaths;
  private final Semaphore births = new Semaphore(0);
  private volatile boolean isClosed;

  Reaper(Deaths deaths) {
    this.deaths = deaths;
    if (ProcessHandle.current().pid() == 1) {
      // Strangers, such as those of nsenter(1), may become our children while we have none.
      SignalHandling.handle("CHLD", births::release);
    }
    Thread.ofPlatform().daemon().name("reaper").start(this::run);
  }

  /// There may be a first child now.
  void wake() {
    births.release();
  }

  private void run() {
    try {
      while (!isClosed) {
        OptionalInt dead = Children.awaitDeath();
        if (dead.isEmpty()) {
          births.acquire();
          births.drainPermits();
        } else if (!isClosed && deaths.reap(dead.getAsInt())) {
          boolean ignored = births.tryAcquire(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
          assert ignored || !ignored;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the thread, at the latest when the next child ends; that one is left alone.
  @Override
  public void close() {
    isClosed = true;
    births.release();
  }
}
