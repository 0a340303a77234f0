package bespoke.restarter;

import bespoke.engine.Event;
import bespoke.model.FileFmri;
import bespoke.os.FileWatcher;
import bespoke.os.Poller;
import java.nio.file.Path;

/// Watches the files that services depend on: existence, content, identity.
final class FileObservations implements AutoCloseable {

  private final EventSink events;
  private final FileWatcher watcher;

  FileObservations(EventSink events, Poller poller) {
    this.events = events;
    this.watcher = new FileWatcher(poller);
  }

  /// Reports a file soon, and then whenever it changes.
  void watch(FileFmri file, long cause) {
    watcher.watch(
        Path.of(file.path()),
        (_, exists, changed) ->
            events.post(changed ? 0 : cause, new Event.FileObserved(file, exists, changed)));
  }

  /// Stops watching.
  void unwatch(FileFmri file) {
    watcher.unwatch(Path.of(file.path()));
  }

  @Override
  public void close() {
    watcher.close();
  }
}
