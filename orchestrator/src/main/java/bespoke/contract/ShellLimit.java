package bespoke.contract;

import java.util.Map;
import java.util.Optional;

/// A limit that `ulimit` of every POSIX shell knows.
///
/// @param option its letter
/// @param unit bytes (or other units of setrlimit(2)) for 1
record ShellLimit(char option, long unit) {
  private static final Map<String, ShellLimit> KNOWN =
      Map.of(
          "as", new ShellLimit('v', 1024),
          "core", new ShellLimit('c', 512),
          "cpu", new ShellLimit('t', 1),
          "data", new ShellLimit('d', 1024),
          "fsize", new ShellLimit('f', 512),
          "memlock", new ShellLimit('l', 1024),
          "nofile", new ShellLimit('n', 1),
          "stack", new ShellLimit('s', 1024));

  static Optional<ShellLimit> of(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  /// Whether the shell's unit can express it.
  boolean canSet(Limit limit) {
    return fits(limit.soft()) && fits(limit.hard());
  }

  private boolean fits(long value) {
    return value == Limit.UNLIMITED || (value >= 0 && value % unit == 0);
  }

  /// Sets it: the soft one first when it sinks, the hard one first when it rises.
  String command(Limit limit) {
    String soft = text(limit.soft());
    String hard = text(limit.hard());
    if (soft.equals(hard)) {
      return "ulimit -" + option + " " + soft;
    }
    String setSoft = "ulimit -S -" + option + " " + soft;
    return "{ "
        + setSoft
        + " 2>/dev/null; ulimit -H -"
        + option
        + " "
        + hard
        + " && "
        + setSoft
        + "; }";
  }

  private String text(long value) {
    return value == Limit.UNLIMITED ? "unlimited" : Long.toString(value / unit);
  }
}
