package bespoke.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// Sends lines to the system's log: syslog(3). The name before each line is the program's for the
/// whole process.
public final class Syslog {
  private static final int LOG_PID = 1;
  private static final int LOG_USER = 1 << 3;
  private static final int LOG_INFO = 6;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LIBRARY.findOrThrow("openlog"), FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT));
  private static final MethodHandle WRITE =
      LINKER.downcallHandle(
          LIBRARY.findOrThrow("syslog"),
          FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS),
          Linker.Option.firstVariadicArg(2));

  private Syslog() {}

  /// Names this process. The name is kept for ever.
  public static void open(String name) {
    try {
      OPEN.invokeExact(Arena.global().allocateFrom(name), LOG_PID, LOG_USER);
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }

  /// Sends one line.
  public static void write(String line) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment format = arena.allocateFrom("%s");
      WRITE.invokeExact(LOG_USER | LOG_INFO, format, arena.allocateFrom(line));
    } catch (Throwable problem) {
      throw Native.bug(problem);
    }
  }
}
