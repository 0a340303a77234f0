package bespoke.restarter;

import bespoke.engine.Event;
import bespoke.model.FileFmri;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches the files that services depend on (inotify(7)): existence, content, identity.
///
/// Each file is watched through the nearest directory that exists, so that one whose parents are
/// missing too is noticed when it comes. Changes are reported at most ten times a second. File
/// systems that do not tell of changes (procfs, most of network file systems written elsewhere) are
/// only looked at once.
final class FileObservations implements AutoCloseable {

  /// How long after the first sign of a change the file is looked at.
  static final Duration SETTLING = Duration.ofMillis(100);

  /// What is compared.
  private record Look(
      boolean exists, @Nullable Object key, long sizeBytes, @Nullable FileTime modified) {
    static final Look MISSING = new Look(false, null, 0, null);
  }

  private static final class Watched {
    private Look last = Look.MISSING;
    private Set<Path> directories = Set.of();
    private boolean due;
  }

  private final EventSink events;
  private final Timers timers;
  private final Consumer<String> complaints;
  private final Map<FileFmri, Watched> watched = new TreeMap<>();
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Map<Path, Set<FileFmri>> byDirectory = new HashMap<>();
  private @Nullable WatchService service;

  /// @param complaints told when a file cannot be watched
  FileObservations(EventSink events, Timers timers, Consumer<String> complaints) {
    this.events = events;
    this.timers = timers;
    this.complaints = complaints;
  }

  /// Reports a file now and whenever it changes.
  synchronized void watch(FileFmri file, long cause) {
    unwatch(file);
    // first the watch, then the look: a change in between is seen twice rather than never
    Watched entry = new Watched();
    watched.put(file, entry);
    register(file, entry);
    entry.last = look(file);
    events.post(cause, new Event.FileObserved(file, entry.last.exists, false));
  }

  /// Stops watching.
  synchronized void unwatch(FileFmri file) {
    Watched entry = watched.remove(file);
    if (entry != null) {
      entry.directories.forEach(directory -> release(directory, file));
      timers.cancel(file);
    }
  }

  private void register(FileFmri file, Watched entry) {
    Path path = Path.of(file.path());
    for (int tries = 0; tries < 4 && !entry.directories.equals(directoriesOf(path)); tries++) {
      register(file, entry, directoriesOf(path)); // again if a parent came before we looked there
    }
  }

  private void register(FileFmri file, Watched entry, Set<Path> wanted) {
    entry.directories.stream()
        .filter(directory -> !wanted.contains(directory))
        .forEach(directory -> release(directory, file));
    for (Path directory : wanted) {
      byDirectory.computeIfAbsent(directory, d -> new HashSet<>()).add(file);
      open(directory);
    }
    entry.directories = wanted;
  }

  private void release(Path directory, FileFmri file) {
    Set<FileFmri> files = byDirectory.get(directory);
    if (files != null && files.remove(file) && files.isEmpty()) {
      byDirectory.remove(directory);
      WatchKey key = keys.remove(directory);
      if (key != null) {
        key.cancel();
      }
    }
  }

  private void open(Path directory) {
    WatchKey known = keys.get(directory);
    if (known != null && known.isValid()) {
      return;
    }
    try {
      keys.put(
          directory,
          directory.register(
              service(),
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY));
    } catch (IOException e) {
      complaints.accept(
          "cannot watch the directory "
              + directory
              + ": "
              + Reasons.of(e)
              + "; changes in it go"
              + " unnoticed");
    }
  }

  private WatchService service() throws IOException {
    if (service == null) {
      WatchService opened = FileSystems.getDefault().newWatchService();
      service = opened;
      Thread.ofVirtual().name("files").start(() -> listen(opened));
    }
    return service;
  }

  /// The directory that holds the file, or the nearest that exists; for a directory also itself;
  /// the same for what symbolic links lead to.
  private static Set<Path> directoriesOf(Path file) {
    Set<Path> directories = new HashSet<>();
    directories.add(nearestDirectory(file));
    if (Files.isDirectory(file)) {
      directories.add(file);
    }
    try {
      Path real = file.toRealPath();
      directories.add(nearestDirectory(real));
    } catch (IOException e) {
      // it does not exist; its nearest directory tells when it comes
    }
    return directories;
  }

  private static Path nearestDirectory(Path file) {
    Path directory = file.getParent();
    while (directory != null && !Files.isDirectory(directory)) {
      directory = directory.getParent();
    }
    return directory == null ? Path.of("/") : directory;
  }

  private static Look look(FileFmri file) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(Path.of(file.path()), BasicFileAttributes.class);
      return new Look(true, found.fileKey(), found.size(), found.lastModifiedTime());
    } catch (IOException e) {
      return Look.MISSING;
    }
  }

  private void listen(WatchService from) {
    try {
      while (true) {
        WatchKey key = from.take();
        key.pollEvents();
        changed((Path) key.watchable());
        key.reset();
      }
    } catch (InterruptedException | ClosedWatchServiceException closed) {
      // the daemon ends
    }
  }

  private synchronized void changed(Path directory) {
    for (FileFmri file : byDirectory.getOrDefault(directory, Set.of())) {
      Watched entry = watched.get(file);
      if (entry != null && !entry.due) {
        entry.due = true;
        timers.schedule(file, SETTLING, () -> report(file));
      }
    }
  }

  private synchronized void report(FileFmri file) {
    Watched entry = watched.get(file);
    if (entry == null) {
      return;
    }
    entry.due = false;
    register(file, entry); // parents may have come or gone
    Look now = look(file);
    if (!now.equals(entry.last)) {
      entry.last = now;
      events.post(0, new Event.FileObserved(file, now.exists, true));
    }
  }

  @Override
  public synchronized void close() {
    watched.clear();
    Optional.ofNullable(service).ifPresent(FileObservations::closeQuietly);
    service = null;
  }

  private static void closeQuietly(WatchService open) {
    try {
      open.close();
    } catch (IOException e) {
      Objects.requireNonNull(e); // it watches nothing any more either way
    }
  }
}
