package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalInt;

/// The children of this process and their ends (waitid(2)). One thread, the reaper, looks with
/// [#awaitDeath], decides whose child it was while its `/proc` entry is still there, and then takes
/// it away with [#reap]. Nobody else may wait for children.
public final class Children {
  private static final int ALL = 0;
  private static final int BY_PID = 1;
  private static final int EXITED = 4;
  private static final int NO_HANG = 1;
  private static final int LEAVE = 0x1000000;
  private static final int SET_CHILD_SUBREAPER = 36;

  private static final long INFO_BYTES = 128;
  private static final long CODE_AT = 8;
  private static final long PID_AT = 16;
  private static final long STATUS_AT = 24;

  private static final NativeFunction WAITID = NativeFunction.named("waitid");

  private Children() {}

  /// A child that has ended.
  ///
  /// @param status how
  public record Dead(int pid, WaitStatus status) {}

  /// Lets orphaned descendants become our children rather than those of process 1 (prctl(2)).
  public static void becomeSubreaper() {
    setSubreaper(1);
  }

  /// Lets them become those of process 1, or of a subreaper above us, again.
  public static void ceaseToBeSubreaper() {
    setSubreaper(0);
  }

  private static void setSubreaper(int value) {
    int error = ThreadAttributes.ProcessControl.call(SET_CHILD_SUBREAPER, value);
    if (error != 0) {
      throw new ResourceShortage("become child subreaper", error);
    }
  }

  /// Waits until some child has ended, and leaves it as it is.
  ///
  /// @return its pid, or empty when there are no children at all
  public static OptionalInt awaitDeath() {
    Optional<Dead> dead = waitFor(ALL, 0, EXITED | LEAVE);
    return dead.isPresent() ? OptionalInt.of(dead.get().pid()) : OptionalInt.empty();
  }

  /// Looks whether some child has ended, and leaves it as it is.
  public static Optional<Dead> anyDead() {
    return waitFor(ALL, 0, EXITED | LEAVE | NO_HANG);
  }

  /// Looks whether one child has ended, and leaves it as it is.
  public static Optional<Dead> dead(int pid) {
    return waitFor(BY_PID, pid, EXITED | LEAVE | NO_HANG);
  }

  /// Takes an ended child away; its pid may be used again from then on.
  ///
  /// @return empty when there is no such ended child
  public static Optional<Dead> reap(int pid) {
    return waitFor(BY_PID, pid, EXITED | NO_HANG);
  }

  /// Waits for one child and takes it away; only before there is a reaper.
  public static Optional<WaitStatus> await(int pid) {
    return waitFor(BY_PID, pid, EXITED).map(Dead::status);
  }

  private static Optional<Dead> waitFor(int type, int id, int options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(INFO_BYTES, 8);
      int answer;
      do {
        answer = WAITID.orErrno(type, id, info.address(), options);
      } while (answer == -Errno.EINTR);
      int pid = info.get(JAVA_INT, PID_AT);
      if (answer != 0 || pid == 0) {
        return Optional.empty();
      }
      int code = info.get(JAVA_INT, CODE_AT);
      int status = info.get(JAVA_INT, STATUS_AT);
      return Optional.of(new Dead(pid, WaitStatus.ofSignalInfo(code, status)));
    }
  }
}
