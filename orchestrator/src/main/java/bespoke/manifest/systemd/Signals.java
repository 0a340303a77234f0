package bespoke.manifest.systemd;

import bespoke.model.definition.LinuxNames;
import java.util.Map;
import java.util.Optional;

/// Names and numbers of the signals that units name (signal(7), x86 and ARM).
final class Signals {

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ABRT", 6),
          Map.entry("KILL", 9),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", 15));

  private Signals() {}

  /// The number of a signal, with or without `SIG`.
  static Optional<Integer> number(String name) {
    return Optional.ofNullable(NUMBERS.get(name.replaceFirst("^SIG", "")));
  }

  /// The name without `SIG`, when there is such a signal.
  static Optional<String> name(String text) {
    String name = text.replaceFirst("^SIG", "");
    return LinuxNames.isSignal(name) ? Optional.of(name) : Optional.empty();
  }
}
