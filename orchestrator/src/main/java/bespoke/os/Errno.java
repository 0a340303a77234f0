package bespoke.os;

import java.lang.foreign.MemorySegment;

/// Error numbers of errno(3), as on x86-64 and aarch64. Operations of this package return them
/// negated.
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int ENOEXEC = 8;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int ENOSPC = 28;
  public static final int EPIPE = 32;
  public static final int E2BIG = 7;
  public static final int ERANGE = 34;
  public static final int ELOOP = 40;

  private static final long TEXT_BYTES_MAX = 256;

  private Errno() {}

  private static final class Linked {
    static final NativeFunction STRERROR = NativeFunction.named("strerror");
  }

  /// The text of strerror(3), such as `No such file or directory`.
  public static String text(int errno) {
    MemorySegment text = MemorySegment.ofAddress(Linked.STRERROR.call(errno));
    return text.reinterpret(TEXT_BYTES_MAX).getString(0);
  }

  /// Whether the machine is short of something, so that trying again may help.
  public static boolean isShortage(int errno) {
    return errno == EAGAIN
        || errno == ENOMEM
        || errno == ENFILE
        || errno == EMFILE
        || errno == ENOSPC;
  }
}
