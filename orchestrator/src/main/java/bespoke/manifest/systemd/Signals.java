package bespoke.manifest.systemd;

import bespoke.model.definition.LinuxNames;
import java.util.Optional;
import java.util.OptionalInt;

/// Names and numbers of the signals that units name (signal(7), x86 and ARM).
final class Signals {

  private Signals() {}

  /// The number of a signal, with or without `SIG`.
  static Optional<Integer> number(String name) {
    OptionalInt number = LinuxNames.signalNumber(name);
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  /// The name without `SIG`, when there is such a signal.
  static Optional<String> name(String text) {
    String name = text.replaceFirst("^SIG", "");
    return LinuxNames.isSignal(name) ? Optional.of(name) : Optional.empty();
  }
}
