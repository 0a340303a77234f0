package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/// Another program in the place of this one: execv(3). The process keeps its number, its parent,
/// its children and its environment; its other threads are gone.
public final class ProgramReplacement {
  private static final int SET_MASK = 2;
  private static final long SIGNAL_SET_BYTES = 128;

  /// CLOSE_RANGE_CLOEXEC.
  private static final int AT_EXECUTION = 4;

  private static final int SET_DESCRIPTOR_FLAGS = 2;
  private static final int CLOSE_ON_EXECUTION = 1;

  private ProgramReplacement() {}

  /// Executes the program with standard input, output and error as they are, and no other
  /// descriptor. Returns only if it cannot.
  ///
  /// @param arguments with the name of the program first
  /// @return the errno
  public static int execute(String program, List<String> arguments) {
    MethodHandle execute =
        Native.withErrno("execv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      closeOthersAtExecution();
      allowSignals(arena);
      MemorySegment state = Native.errnoState(arena);
      int _ =
          (int)
              execute.invokeExact(
                  state, arena.allocateFrom(program), Native.strings(arena, arguments));
      return Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// A thread of a JVM may block signals, and the mask passes to the new program.
  private static void allowSignals(Arena arena) throws Throwable {
    MethodHandle mask =
        Native.plain(
            "pthread_sigmask", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    int _ =
        (int)
            mask.invokeExact(
                SET_MASK,
                arena.allocate(SIGNAL_SET_BYTES, JAVA_LONG.byteSize()),
                MemorySegment.NULL);
  }

  private static void closeOthersAtExecution() throws Throwable {
    Optional<MethodHandle> range =
        Native.ifPresent(
            "close_range", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    if (range.isPresent() && (int) range.get().invokeExact(3, -1, AT_EXECUTION) == 0) {
      return;
    }
    MethodHandle control =
        Native.variadicWithErrno(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
    try (Arena arena = Arena.ofConfined()) {
      String[] open = new File("/proc/self/fd").list();
      for (String number : open == null ? new String[0] : open) {
        if (Integer.parseInt(number) > 2) {
          int _ =
              (int)
                  control.invokeExact(
                      Native.errnoState(arena),
                      Integer.parseInt(number),
                      SET_DESCRIPTOR_FLAGS,
                      CLOSE_ON_EXECUTION);
        }
      }
    }
  }
}
