package bespoke.os;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
    NativeFunction execute = NativeFunction.named("execv");
    try (Arena arena = Arena.ofConfined()) {
      closeOthersAtExecution();
      allowSignals(arena);
      MemorySegment vector = NativeFunction.strings(arena, arguments);
      return -execute.orErrno(arena.allocateFrom(program).address(), vector.address());
    }
  }

  /// A thread of a JVM may block signals, and the mask passes to the new program.
  private static void allowSignals(Arena arena) {
    MemorySegment none = arena.allocate(SIGNAL_SET_BYTES, Long.BYTES);
    NativeFunction.named("pthread_sigmask").call(SET_MASK, none.address(), 0);
  }

  private static void closeOthersAtExecution() {
    Optional<NativeFunction> range = NativeFunction.ifPresent("close_range");
    if (range.isPresent() && (int) range.get().call(3, -1, AT_EXECUTION) == 0) {
      return;
    }
    NativeFunction control = NativeFunction.named("fcntl");
    String[] open = new File("/proc/self/fd").list();
    for (String number : open == null ? new String[0] : open) {
      if (Integer.parseInt(number) > 2) {
        control.call(Integer.parseInt(number), SET_DESCRIPTOR_FLAGS, CLOSE_ON_EXECUTION);
      }
    }
  }
}
