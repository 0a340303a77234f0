package bespoke.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What this very process is: its umask, limits, session and user. Affects all its threads.
public final class OwnProcess {
  /// RLIMIT_NPROC.
  public static final int LIMIT_PROCESSES = 6;

  /// RLIMIT_NOFILE.
  public static final int LIMIT_FILES = 7;

  private static final NativeFunction UMASK = NativeFunction.named("umask");
  private static final NativeFunction EFFECTIVE_USER = NativeFunction.named("geteuid");
  private static final NativeFunction GET_LIMIT = NativeFunction.named("getrlimit");
  private static final NativeFunction SET_LIMIT = NativeFunction.named("setrlimit");
  private static final NativeFunction SET_SESSION = NativeFunction.named("setsid");
  private static final NativeFunction SET_GROUPS = NativeFunction.named("initgroups");
  private static final NativeFunction SET_GROUP = NativeFunction.named("setgid");
  private static final NativeFunction SET_USER = NativeFunction.named("setuid");
  private static final NativeFunction DUPLICATE = NativeFunction.named("dup2");
  private static final NativeFunction ACTION = NativeFunction.named("sigaction");
  private static final NativeFunction SIGNAL = NativeFunction.named("signal");
  private static final long ACTION_BYTES = 152; // struct sigaction; its first word is the handler
  private static final long IGNORED = 1; // SIG_IGN

  private OwnProcess() {}

  /// Gives a signal its default action if it is ignored, as nohup(1) leaves SIGHUP and a shell the
  /// SIGINT of what it runs in the background: the JVM would not let it be handled.
  ///
  /// @param signal its number
  public static void stopIgnoring(int signal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(ACTION_BYTES, Long.BYTES);
      int answer = ACTION.orErrno(signal, 0, action.address());
      if (answer == 0 && action.get(JAVA_LONG, 0) == IGNORED) {
        SIGNAL.call(signal, 0);
      }
    }
  }

  /// Sets the file mode mask: umask(2).
  ///
  /// @return the former one
  public static int umask(int mask) {
    return (int) UMASK.call(mask);
  }

  public static int effectiveUid() {
    return (int) EFFECTIVE_USER.call(0);
  }

  /// The soft limit (getrlimit(2)); -1 = unlimited.
  public static long softLimit(int resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int answer = GET_LIMIT.orErrno(resource, limit.address());
      return answer == 0 ? limit.getAtIndex(JAVA_LONG, 0) : -1;
    }
  }

  /// The hard limit (getrlimit(2)); -1 = unlimited.
  public static long hardLimit(int resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int answer = GET_LIMIT.orErrno(resource, limit.address());
      return answer == 0 ? limit.getAtIndex(JAVA_LONG, 1) : -1;
    }
  }

  /// Sets the soft limit and leaves the hard one: setrlimit(2).
  ///
  /// @return 0, or the negated errno
  public static int setSoftLimit(int resource, long soft) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int answer = GET_LIMIT.orErrno(resource, limit.address());
      if (answer == 0) {
        limit.setAtIndex(JAVA_LONG, 0, soft);
        answer = SET_LIMIT.orErrno(resource, limit.address());
      }
      return answer;
    }
  }

  /// Raises the soft limit, and the hard one if need be, to at least `least`: setrlimit(2).
  ///
  /// @return 0, or the negated errno
  public static int raiseLimit(int resource, long least) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int answer = GET_LIMIT.orErrno(resource, limit.address());
      if (answer != 0) {
        return answer;
      }
      if (!isLess(limit.getAtIndex(JAVA_LONG, 0), least)) {
        return 0;
      }
      limit.setAtIndex(JAVA_LONG, 0, least);
      if (isLess(limit.getAtIndex(JAVA_LONG, 1), least)) {
        limit.setAtIndex(JAVA_LONG, 1, least);
      }
      return SET_LIMIT.orErrno(resource, limit.address());
    }
  }

  /// RLIM_INFINITY is -1, the greatest unsigned number.
  private static boolean isLess(long limit, long than) {
    return Long.compareUnsigned(limit, than) < 0;
  }

  /// Becomes the leader of a session of its own: setsid(2).
  ///
  /// @return 0, or the negated errno (EPERM for a leader of a process group)
  public static int newSession() {
    return Math.min(0, SET_SESSION.orErrno(0));
  }

  /// Becomes another user with all groups of that user, for good.
  ///
  /// @return 0, or the negated errno
  public static int becomeUser(String name, int uid, int gid) {
    try (Arena arena = Arena.ofConfined()) {
      int groups = SET_GROUPS.orErrno(arena.allocateFrom(name).address(), gid);
      if (groups != 0) {
        return groups;
      }
      int group = SET_GROUP.orErrno(gid);
      return group == 0 ? SET_USER.orErrno(uid) : group;
    }
  }

  /// Makes a number mean what another descriptor means: dup2(2).
  ///
  /// @return 0, or the negated errno
  public static int replaceDescriptor(int number, int by) {
    return Math.min(0, DUPLICATE.orErrno(by, number));
  }
}
