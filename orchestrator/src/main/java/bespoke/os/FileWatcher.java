package bespoke.os;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells whether files exist and when they change, also when their directories come and go, when
/// editors rename over them and when symbolic links on the way are exchanged (inotify(7) on every
/// directory that the path goes through).
///
/// Changes that inotify does not see (other machines on a network file system, `/proc`, `/sys`) are
/// not reported. When the user has too many watches, the file is looked at every two seconds.
public final class FileWatcher implements AutoCloseable {

  /// What is told about a file.
  @FunctionalInterface
  public interface Listener {
    /// Called on the poller's thread: once at first, then at each change.
    ///
    /// @param exists whether stat(2) succeeds
    /// @param changed whether its content or identity is another than at the last call; false at
    ///   the first
    void observed(Path file, boolean exists, boolean changed);
  }

  private final Poller poller;
  private final Inotify inotify;
  private final Map<Path, WatchedFile> files = new ConcurrentHashMap<>();

  public FileWatcher(Poller poller) {
    this.poller = poller;
    this.inotify = new Inotify(poller);
  }

  /// Watches a file; a listener that was there for it before is replaced.
  ///
  /// @param file absolute
  public void watch(Path file, Listener listener) {
    if (!file.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + file);
    }
    WatchedFile watched = new WatchedFile(file, listener, poller, inotify);
    WatchedFile before = files.put(file, watched);
    if (before != null) {
      end(before);
    }
    poller.execute(watched::start);
  }

  /// Ends the watch of a file: what happens to it from now on is not told.
  public void unwatch(Path file) {
    WatchedFile before = files.remove(file);
    if (before != null) {
      end(before);
    }
  }

  private void end(WatchedFile watched) {
    watched.silence();
    poller.execute(watched::stop);
  }

  /// Ends all watches.
  @Override
  public void close() {
    poller.execute(() -> {
      files.values().forEach(WatchedFile::stop);
      files.clear();
      inotify.close();
    });
  }
}
