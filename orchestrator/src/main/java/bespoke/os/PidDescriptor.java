package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
    static final NativeFunction SYSCALL = NativeFunction.named("syscall");
    static final NativeFunction IOCTL = NativeFunction.named("ioctl");
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
    return Linked.SYSCALL.orErrno(number, first, second);
  }

  /// The raw wait status of a process that is gone and was reaped by its parent. Needs Linux 6.15.
  public static OptionalInt exitStatus(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(INFO_BYTES, 8);
      info.set(JAVA_LONG, 0, INFO_EXIT);
      int answer = Linked.IOCTL.orErrno(descriptor, PIDFD_GET_INFO, info.address());
      return answer == 0 && (info.get(JAVA_LONG, 0) & INFO_EXIT) != 0
          ? OptionalInt.of(info.get(JAVA_INT, INFO_EXIT_CODE_AT))
          : OptionalInt.empty();
    }
  }
}
