package bespoke.repository;

import java.nio.file.Path;

/// Another process already works under this root directory.
public final class RootLockedException extends RepositoryException {

  private final long pid;

  RootLockedException(Path root, long pid) {
    super(
        "cannot use "
            + root
            + ": another svc.startd"
            + (pid > 0 ? " (pid " + pid + ")" : "")
            + " works there; stop it first, or choose another directory with --root",
        null);
    this.pid = pid;
  }

  /// The pid of the process that holds the lock, or 0 if it cannot be told.
  public long pid() {
    return pid;
  }
}
