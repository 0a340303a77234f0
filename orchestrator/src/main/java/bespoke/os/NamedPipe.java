package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Pipes with a name in the file system (fifo(7)).
public final class NamedPipe {
  private static final MethodHandle MAKE =
      Native.withErrno("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

  private NamedPipe() {}

  /// Makes one: mkfifo(3).
  ///
  /// @param mode permissions, before the umask
  /// @return 0, or the negated errno
  public static int make(Path path, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      int answer = (int) MAKE.invokeExact(state, arena.allocateFrom(path.toString()), mode);
      return answer == 0 ? 0 : -Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }
}
