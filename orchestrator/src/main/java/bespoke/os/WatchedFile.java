package bespoke.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One file of a [FileWatcher]; lives on the poller's thread.
final class WatchedFile {
  private static final int EVENTS =
      Inotify.MODIFY
          | Inotify.ATTRIBUTES
          | Inotify.CLOSE_WRITE
          | Inotify.MOVED_FROM
          | Inotify.MOVED_TO
          | Inotify.CREATE
          | Inotify.DELETE
          | Inotify.DELETE_SELF
          | Inotify.MOVE_SELF;

  /// A writer that keeps the file open is believed to be done after this long.
  private static final Duration QUIET = Duration.ofMillis(100);

  /// How often a file is looked at that cannot be watched.
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /// Directories that come into being while we set up watches make us start again.
  private static final int ROUNDS_MAX = 10;

  private final Path file;
  private final FileWatcher.Listener listener;
  private final Poller poller;
  private final Inotify inotify;
  private final List<Inotify.Watch> watches = new ArrayList<>();
  private List<PathSteps.Step> steps = List.of();
  private @Nullable Object identity;
  private Poller.@Nullable Registration timer;
  private volatile boolean isStopped;

  WatchedFile(Path file, FileWatcher.Listener listener, Poller poller, Inotify inotify) {
    this.file = file;
    this.listener = listener;
    this.poller = poller;
    this.inotify = inotify;
  }

  /// From now on nothing is told; any thread may say so.
  void silence() {
    isStopped = true;
  }

  void start() {
    if (isStopped) {
      return;
    }
    place();
    identity = identify();
    listener.observed(file, identity != null, false);
  }

  void stop() {
    isStopped = true;
    cancelTimer();
    unwatch();
  }

  /// Watches every directory on the way, until the way did not change meanwhile.
  private void place() {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<PathSteps.Step> now = PathSteps.of(file);
      if (now.equals(steps) && round > 0) {
        return;
      }
      unwatch();
      steps = now;
      now.forEach(this::watch);
    }
  }

  private void watch(PathSteps.Step step) {
    Inotify.Listener onEvent =
        (events, name) -> {
          if (name.isEmpty() || step.name().equals(name)) {
            changed(events);
          }
        };
    switch (inotify.watchDirectory(step.directory(), EVENTS, onEvent)) {
      case Inotify.Answer.Watching watching -> watches.add(watching.watch());
      case Inotify.Answer.Refused refused -> {
        if (refused.errno() != Errno.ENOENT && refused.errno() != Errno.ENOTDIR) {
          lookAgainAfter(BETWEEN_LOOKS);
        }
      }
    }
  }

  private void unwatch() {
    watches.forEach(inotify::unwatch);
    watches.clear();
  }

  private void changed(int events) {
    if (isStopped) {
      return;
    }
    if (events == Inotify.MODIFY) {
      lookAgainAfter(QUIET);
    } else {
      look();
    }
  }

  private void lookAgainAfter(Duration delay) {
    cancelTimer();
    timer = poller.after(delay, this::look);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void look() {
    if (isStopped) {
      return;
    }
    cancelTimer();
    place();
    Object before = identity;
    identity = identify();
    if (!Objects.equals(before, identity)) {
      listener.observed(file, identity != null, true);
    }
  }

  private @Nullable Object identify() {
    try {
      Map<String, Object> attributes =
          Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime");
      boolean isDirectory = Files.isDirectory(file);
      return isDirectory
          ? List.of(attributes.get("dev"), attributes.get("ino"))
          : List.copyOf(attributes.values());
    } catch (IOException _) {
      return null;
    }
  }
}
