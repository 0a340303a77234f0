package bespoke.daemon;

import bespoke.api.ErrorKind;
import bespoke.control.Configuration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets people change the configuration one by one, but not while a change of many services is
/// under way, which could have to be taken back.
final class ConfigurationGate {
  /// Of those who change nothing: no gate is closed to them.
  static final Pass LOOKING = () -> {};

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Condition opened = lock.writeLock().newCondition();
  private @Nullable String closed; // guarded by the lock

  /// Leave to change something.
  interface Pass extends AutoCloseable {
    @Override
    void close();
  }

  /// Asks for leave.
  ///
  /// @throws Configuration.RefusedException if the gate is closed
  Pass enter() throws Configuration.RefusedException {
    lock.readLock().lock();
    if (closed != null) {
      String why = closed;
      lock.readLock().unlock();
      throw new Configuration.RefusedException(ErrorKind.STATE, why);
    }
    return () -> lock.readLock().unlock();
  }

  /// Waits until the gate is open.
  ///
  /// @param waiting is told why, if it is closed
  Pass enterWhenOpen(Consumer<String> waiting) throws InterruptedException {
    lock.writeLock().lock();
    try {
      if (closed != null) {
        waiting.accept(closed);
      }
      while (closed != null) {
        opened.await();
      }
      lock.readLock().lock(); // before the other goes, so that nobody closes it in between
    } finally {
      lock.writeLock().unlock();
    }
    return () -> lock.readLock().unlock();
  }

  /// Closes the gate and waits until everybody who has leave is done.
  ///
  /// @param why what those who come are told
  void close(String why) {
    lock.writeLock().lock();
    try {
      closed = why;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Opens it again.
  void open() {
    lock.writeLock().lock();
    try {
      closed = null;
      opened.signalAll();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
