package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// What this very process is: its umask, limits, session and user. Affects all its threads.
public final class OwnProcess {
  /// RLIMIT_NPROC.
  public static final int LIMIT_PROCESSES = 6;

  /// RLIMIT_NOFILE.
  public static final int LIMIT_FILES = 7;

  private static final MethodHandle UMASK =
      Native.plain("umask", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EFFECTIVE_USER =
      Native.plain("geteuid", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle GET_LIMIT =
      Native.withErrno("getrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SET_LIMIT =
      Native.withErrno("setrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SET_SESSION =
      Native.withErrno("setsid", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle SET_GROUPS =
      Native.withErrno("initgroups", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SET_GROUP =
      Native.withErrno("setgid", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SET_USER =
      Native.withErrno("setuid", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle DUPLICATE =
      Native.withErrno("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private static final MethodHandle ACTION =
      Native.withErrno("sigaction", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SIGNAL =
      Native.plain("signal", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
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
      int answer =
          (int) ACTION.invokeExact(Native.errnoState(arena), signal, MemorySegment.NULL, action);
      if (answer == 0 && action.get(JAVA_LONG, 0) == IGNORED) {
        var _ = (MemorySegment) SIGNAL.invokeExact(signal, MemorySegment.NULL);
      }
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Sets the file mode mask: umask(2).
  ///
  /// @return the former one
  public static int umask(int mask) {
    try {
      return (int) UMASK.invokeExact(mask);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  public static int effectiveUid() {
    try {
      return (int) EFFECTIVE_USER.invokeExact();
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// The soft limit (getrlimit(2)); -1 = unlimited.
  public static long softLimit(int resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int answer = (int) GET_LIMIT.invokeExact(Native.errnoState(arena), resource, limit);
      return answer == 0 ? limit.getAtIndex(JAVA_LONG, 0) : -1;
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// The hard limit (getrlimit(2)); -1 = unlimited.
  public static long hardLimit(int resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int answer = (int) GET_LIMIT.invokeExact(Native.errnoState(arena), resource, limit);
      return answer == 0 ? limit.getAtIndex(JAVA_LONG, 1) : -1;
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Sets the soft limit and leaves the hard one: setrlimit(2).
  ///
  /// @return 0, or the negated errno
  public static int setSoftLimit(int resource, long soft) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int answer = (int) GET_LIMIT.invokeExact(state, resource, limit);
      if (answer == 0) {
        limit.setAtIndex(JAVA_LONG, 0, soft);
        answer = (int) SET_LIMIT.invokeExact(state, resource, limit);
      }
      return answer == 0 ? 0 : -Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Raises the soft limit, and the hard one if need be, to at least `least`: setrlimit(2).
  ///
  /// @return 0, or the negated errno
  public static int raiseLimit(int resource, long least) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int answer = (int) GET_LIMIT.invokeExact(state, resource, limit);
      if (answer != 0) {
        return -Native.errno(state);
      }
      if (!isLess(limit.getAtIndex(JAVA_LONG, 0), least)) {
        return 0;
      }
      limit.setAtIndex(JAVA_LONG, 0, least);
      if (isLess(limit.getAtIndex(JAVA_LONG, 1), least)) {
        limit.setAtIndex(JAVA_LONG, 1, least);
      }
      int set = (int) SET_LIMIT.invokeExact(state, resource, limit);
      return set == 0 ? 0 : -Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
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
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      int answer = (int) SET_SESSION.invokeExact(state);
      return answer >= 0 ? 0 : -Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Becomes another user with all groups of that user, for good.
  ///
  /// @return 0, or the negated errno
  public static int becomeUser(String name, int uid, int gid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      MemorySegment user = arena.allocateFrom(name);
      int groups = (int) SET_GROUPS.invokeExact(state, user, gid);
      if (groups != 0) {
        return -Native.errno(state);
      }
      int group = (int) SET_GROUP.invokeExact(state, gid);
      if (group != 0) {
        return -Native.errno(state);
      }
      int answer = (int) SET_USER.invokeExact(state, uid);
      return answer == 0 ? 0 : -Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Makes a number mean what another descriptor means: dup2(2).
  ///
  /// @return 0, or the negated errno
  public static int replaceDescriptor(int number, int by) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.errnoState(arena);
      int answer = (int) DUPLICATE.invokeExact(state, by, number);
      return answer >= 0 ? 0 : -Native.errno(state);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }
}
