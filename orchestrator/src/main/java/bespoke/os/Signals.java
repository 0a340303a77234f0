package bespoke.os;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Signals by name and number (signal(7), x86-64 and aarch64), and sending them.
public final class Signals {
  public static final int HUP = 1;
  public static final int INT = 2;
  public static final int QUIT = 3;
  public static final int ABRT = 6;
  public static final int KILL = 9;
  public static final int TERM = 15;
  public static final int CONT = 18;
  public static final int STOP = 19;

  private static final List<String> NAMES =
      List.of(
          "EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
          "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");
  private static final int REAL_TIME_MIN = 34;
  private static final int MAX = 64;

  private Signals() {}

  private static final class Linked {
    static final NativeFunction KILL = NativeFunction.named("kill");
  }

  /// The number of a signal.
  ///
  /// @param name `TERM`, `SIGTERM`, `term`, `RTMIN+1` or `15`
  public static OptionalInt number(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    String bare = upper.startsWith("SIG") ? upper.substring(3) : upper;
    int index = NAMES.indexOf(bare);
    if (index > 0) {
      return OptionalInt.of(index);
    }
    return switch (bare) {
      case "IOT" -> OptionalInt.of(ABRT);
      case "CLD" -> OptionalInt.of(NAMES.indexOf("CHLD"));
      case "POLL" -> OptionalInt.of(NAMES.indexOf("IO"));
      case "RTMIN" -> OptionalInt.of(REAL_TIME_MIN);
      case "RTMAX" -> OptionalInt.of(MAX);
      default -> {
        if (bare.startsWith("RTMIN+")) {
          yield within(bare.substring(6), REAL_TIME_MIN, 1);
        }
        yield bare.startsWith("RTMAX-") ? within(bare.substring(6), MAX, -1) : within(bare, 0, 1);
      }
    };
  }

  private static OptionalInt within(String digits, int base, int direction) {
    if (!digits.matches("[0-9]{1,2}")) {
      return OptionalInt.empty();
    }
    int value = base + direction * Integer.parseInt(digits);
    return value >= 1 && value <= MAX && (base == 0 || value >= REAL_TIME_MIN)
        ? OptionalInt.of(value)
        : OptionalInt.empty();
  }

  /// The name of a signal without `SIG`, such as `TERM`; the number itself when it has none.
  public static String name(int number) {
    if (number > 0 && number < NAMES.size()) {
      return NAMES.get(number);
    }
    if (number == REAL_TIME_MIN) {
      return "RTMIN";
    }
    return number > REAL_TIME_MIN && number <= MAX
        ? "RTMIN+" + (number - REAL_TIME_MIN)
        : Integer.toString(number);
  }

  /// kill(2).
  ///
  /// @param pid a process, or the negated number of a process group
  /// @param signal 0 only asks whether it could be sent
  /// @return 0, or the negated errno
  public static int send(long pid, int signal) {
    int target = Math.toIntExact(pid);
    return Linked.KILL.orErrno(target, signal);
  }
}
