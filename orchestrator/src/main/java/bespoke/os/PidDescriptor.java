package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/// Descriptors that name one process for good (pidfd_open(2)); readable when it is gone.
public final class PidDescriptor {
  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final long PIDFD_OPEN = 434;

  /// `_IOWR(0xFF, 11, struct pidfd_info)` of its first version, 64 bytes (linux/pidfd.h).
  private static final long PIDFD_GET_INFO = 0xC040FF0BL;

  private static final long INFO_EXIT = 1L << 3;
  private static final long INFO_BYTES = 64;
  private static final long INFO_EXIT_CODE_AT = 60;

  private PidDescriptor() {}

  private static final class Linked {
    static final MethodHandle SYSCALL =
        Native.variadicWithErrno(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            1);
    static final MethodHandle IOCTL =
        Native.variadicWithErrno(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
  }

  /// pidfd_open(2).
  ///
  /// @return the descriptor's number, or the negated errno: ESRCH when the process is gone
  public static int open(long pid) {
    return call(PIDFD_OPEN, pid, 0);
  }

  /// pidfd_send_signal(2).
  ///
  /// @return 0, or the negated errno
  public static int send(int descriptor, int signal) {
    return call(PIDFD_SEND_SIGNAL, descriptor, signal);
  }

  private static int call(long number, long first, long second) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      long answer = (long) Linked.SYSCALL.invokeExact(state, number, first, second, 0L, 0L);
      return answer < 0 ? -Native.errno(state) : (int) answer;
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// The raw wait status of a process that is gone and was reaped by its parent. Needs Linux 6.15.
  public static OptionalInt exitStatus(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      MemorySegment info = arena.allocate(INFO_BYTES, 8);
      info.set(JAVA_LONG, 0, INFO_EXIT);
      int answer = (int) Linked.IOCTL.invokeExact(state, descriptor, PIDFD_GET_INFO, info);
      return answer == 0 && (info.get(JAVA_LONG, 0) & INFO_EXIT) != 0
          ? OptionalInt.of(info.get(JAVA_INT, INFO_EXIT_CODE_AT))
          : OptionalInt.empty();
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }
}
