package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Changes of files and directories (inotify(7)), on a [Poller]. Several listeners may watch the
/// same file.
public final class Inotify implements AutoCloseable {
  public static final int MODIFY = 0x2;
  public static final int ATTRIBUTES = 0x4;
  public static final int CLOSE_WRITE = 0x8;
  public static final int MOVED_FROM = 0x40;
  public static final int MOVED_TO = 0x80;
  public static final int CREATE = 0x100;
  public static final int DELETE = 0x200;
  public static final int DELETE_SELF = 0x400;
  public static final int MOVE_SELF = 0x800;

  /// Told instead of single events when the kernel dropped some.
  public static final int OVERFLOW = 0x4000;

  /// The watch is gone, with the file or its file system.
  public static final int IGNORED = 0x8000;

  private static final int ONLY_DIRECTORY = 0x01000000;
  private static final int ADD_TO_MASK = 0x20000000;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int HEADER_BYTES = 16;

  private static final NativeFunction INIT = NativeFunction.named("inotify_init1");
  private static final NativeFunction ADD = NativeFunction.named("inotify_add_watch");
  private static final NativeFunction REMOVE = NativeFunction.named("inotify_rm_watch");

  /// What happens when a watched file changes.
  @FunctionalInterface
  public interface Listener {
    /// Called on the poller's thread.
    ///
    /// @param events the constants above
    /// @param name the entry of a watched directory that is meant, or empty
    void changed(int events, String name);
  }

  /// A watch of one listener.
  public static final class Watch {
    private final int number;
    private final Listener listener;

    private Watch(int number, Listener listener) {
      this.number = number;
      this.listener = listener;
    }
  }

  private final Descriptor descriptor;
  private final Poller.Registration registration;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES, 8);
  private final Map<Integer, List<Watch>> watches = new HashMap<>();

  /// Opens an inotify instance.
  ///
  /// @throws ResourceShortage when the user has too many
  public Inotify(Poller poller) {
    int number = INIT.orErrno(CLOSE_ON_EXEC | Descriptor.NON_BLOCKING);
    if (number < 0) {
      throw new ResourceShortage("watch files", -number);
    }
    descriptor = new Descriptor(number);
    registration = poller.watch(descriptor.number(), Poller.READABLE, _ -> read());
  }

  /// The answer to [#watch].
  public sealed interface Answer {
    /// It is watched.
    record Watching(Watch watch) implements Answer {}

    /// It is not: ENOENT, EACCES, or ENOSPC when the user has too many watches.
    record Refused(int errno) implements Answer {}
  }

  /// Watches a file or directory.
  public Answer watch(Path path, int events, Listener listener) {
    return watch(path, events, listener, 0);
  }

  /// Watches a directory; anything else is refused with ENOTDIR.
  public Answer watchDirectory(Path path, int events, Listener listener) {
    return watch(path, events, listener, ONLY_DIRECTORY);
  }

  private synchronized Answer watch(Path path, int events, Listener listener, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path.toString()).address();
      int number = ADD.orErrno(descriptor.number(), name, events | flags | ADD_TO_MASK);
      if (number < 0) {
        return new Answer.Refused(-number);
      }
      Watch watch = new Watch(number, listener);
      watches.computeIfAbsent(number, _ -> new ArrayList<>(1)).add(watch);
      return new Answer.Watching(watch);
    }
  }

  /// Ends a watch; harmless when it has ended already.
  public synchronized void unwatch(Watch watch) {
    List<Watch> sharing = watches.get(watch.number);
    if (sharing == null || !sharing.remove(watch) || !sharing.isEmpty()) {
      return;
    }
    watches.remove(watch.number);
    int ignored = REMOVE.orErrno(descriptor.number(), watch.number);
    assert ignored <= 0;
  }

  private void read() {
    int length = descriptor.read(buffer, BUFFER_BYTES);
    for (int at = 0; at + HEADER_BYTES <= length; ) {
      int number = buffer.get(JAVA_INT_UNALIGNED, at);
      int events = buffer.get(JAVA_INT_UNALIGNED, at + 4L);
      int nameBytes = buffer.get(JAVA_INT_UNALIGNED, at + 12L);
      String name = nameBytes == 0 ? "" : buffer.getString(at + (long) HEADER_BYTES);
      at += HEADER_BYTES + nameBytes;
      listenersOf(number, events).forEach(watch -> watch.listener.changed(events, name));
    }
  }

  private synchronized List<Watch> listenersOf(int number, int events) {
    if ((events & OVERFLOW) != 0) {
      return watches.values().stream().flatMap(List::stream).toList();
    }
    List<Watch> found = (events & IGNORED) != 0 ? watches.remove(number) : watches.get(number);
    return found == null ? List.of() : List.copyOf(found);
  }

  @Override
  public void close() {
    registration.cancel();
    descriptor.close();
  }
}
