package bespoke.supervisor.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A signal of Linux, by its number (signal(7)).
public record SignalNumber(int number) {
  private static final int NUMBER_MAX = 64;

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("TRAP", 5),
          Map.entry("ABRT", 6),
          Map.entry("IOT", 6),
          Map.entry("BUS", 7),
          Map.entry("FPE", 8),
          Map.entry("KILL", 9),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", 15),
          Map.entry("STKFLT", 16),
          Map.entry("CHLD", 17),
          Map.entry("CLD", 17),
          Map.entry("CONT", 18),
          Map.entry("STOP", 19),
          Map.entry("TSTP", 20),
          Map.entry("TTIN", 21),
          Map.entry("TTOU", 22),
          Map.entry("URG", 23),
          Map.entry("XCPU", 24),
          Map.entry("XFSZ", 25),
          Map.entry("VTALRM", 26),
          Map.entry("PROF", 27),
          Map.entry("WINCH", 28),
          Map.entry("IO", 29),
          Map.entry("POLL", 29),
          Map.entry("PWR", 30),
          Map.entry("SYS", 31),
          Map.entry("RTMIN", 34),
          Map.entry("RTMAX", 64));

  public static final SignalNumber KILL = new SignalNumber(9);
  public static final SignalNumber TERM = new SignalNumber(15);

  /// The signal with this name (with or without SIG, in any case) or number.
  public static Optional<SignalNumber> of(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    if (name.matches("\\d{1,2}")) {
      int number = Integer.parseInt(name);
      return number <= NUMBER_MAX ? Optional.of(new SignalNumber(number)) : Optional.empty();
    }
    Integer number = NUMBERS.get(name.startsWith("SIG") ? name.substring(3) : name);
    return Optional.ofNullable(number).map(SignalNumber::new);
  }

  /// The name with SIG, or `signal N` for one without a name.
  public String displayName() {
    return NUMBERS.entrySet().stream()
        .filter(entry -> entry.getValue() == number)
        .map(entry -> "SIG" + entry.getKey())
        .min((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length())
        .orElse("signal " + number);
  }
}
