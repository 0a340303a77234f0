package bespoke.os;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/// Pipes with a name in the file system (fifo(7)).
public final class NamedPipe {
  private static final NativeFunction MAKE = NativeFunction.named("mkfifo");

  private NamedPipe() {}

  /// Makes one: mkfifo(3).
  ///
  /// @param mode permissions, before the umask
  /// @return 0, or the negated errno
  public static int make(Path path, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      return MAKE.orErrno(arena.allocateFrom(path.toString()).address(), mode);
    }
  }
}
