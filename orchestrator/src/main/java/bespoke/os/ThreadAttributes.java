package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import bespoke.os.Spawned.Failed;
import bespoke.os.Spawned.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// What a thread passes on to the processes that it spawns. Cannot be taken back.
final class ThreadAttributes {
  private static final int PRIO_PROCESS = 0;
  private static final int SET_NO_NEW_PRIVILEGES = 38;

  private static final MethodHandle SET_PRIORITY =
      Native.withErrno(
          "setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private ThreadAttributes() {}

  /// Gives the current thread what the request asks for.
  ///
  /// @return what could not be set
  static Optional<Spawned> set(SpawnRequest request) {
    if (request.nice().isPresent()) {
      int error = priority(request.nice().getAsInt());
      if (error != 0) {
        return Optional.of(new Failed(Step.NICE, error));
      }
    }
    if (request.noNewPrivileges()) {
      int error = ProcessControl.call(SET_NO_NEW_PRIVILEGES, 1);
      if (error != 0) {
        return Optional.of(new Failed(Step.NO_NEW_PRIVILEGES, error));
      }
    }
    return Optional.empty();
  }

  private static int priority(int nice) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      int answer = (int) SET_PRIORITY.invokeExact(state, PRIO_PROCESS, 0, nice);
      return answer == 0 ? 0 : Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// prctl(2).
  static final class ProcessControl {
    private static final MethodHandle PRCTL =
        Native.variadicWithErrno(
            "prctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            1);

    private ProcessControl() {}

    static int call(int operation, long argument) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = Native.errnoState(arena);
        int answer = (int) PRCTL.invokeExact(state, operation, argument, 0L, 0L, 0L);
        return answer >= 0 ? 0 : Native.errno(state);
      } catch (Throwable problem) {
        throw Native.bug(problem);
      }
    }
  }
}
