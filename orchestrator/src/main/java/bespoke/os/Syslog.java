package bespoke.os;

import java.lang.foreign.Arena;

/// Sends lines to the system's log: syslog(3). The name before each line is the program's for the
/// whole process.
public final class Syslog {
  private static final int LOG_PID = 1;
  private static final int LOG_USER = 1 << 3;
  private static final int LOG_INFO = 6;

  private static final NativeFunction OPEN = NativeFunction.named("openlog");
  private static final NativeFunction WRITE = NativeFunction.named("syslog");

  private Syslog() {}

  /// Names this process. The name is kept for ever.
  public static void open(String name) {
    OPEN.call(Arena.global().allocateFrom(name).address(), LOG_PID, LOG_USER);
  }

  /// Sends one line.
  public static void write(String line) {
    try (Arena arena = Arena.ofConfined()) {
      long format = arena.allocateFrom("%s").address();
      WRITE.call(LOG_USER | LOG_INFO, format, arena.allocateFrom(line).address());
    }
  }
}
