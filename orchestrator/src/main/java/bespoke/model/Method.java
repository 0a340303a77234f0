package bespoke.model;

import java.time.Duration;
import java.util.Optional;

/// A method of an instance (smf_method(7)).
///
/// @param kind which method
/// @param exec the method string before token expansion; empty when the group has no `exec`, which
///   counts as success
/// @param timeout empty means none; never zero
/// @param onTimeout what a stop that does not empty the contract in time leads to
/// @param context how its process is set up
/// @param origin where it is declared
public record Method(
    MethodKind kind,
    Optional<String> exec,
    Optional<Duration> timeout,
    OnTimeout onTimeout,
    MethodContext context,
    Origin origin) {

  /// After the remaining processes were killed: `maintenance` as SMF, or `kill`, which counts as
  /// stopped.
  public enum OnTimeout {
    MAINTENANCE,
    KILL
  }

  /// What a method string does, decided by its unexpanded text alone.
  public enum Form {
    /// No `exec`: counts as success, nothing runs.
    ABSENT,
    /// `:true`: success, nothing runs.
    TRUE,
    /// `:kill [-SIGNAL]`: signals the contract.
    KILL,
    /// Anything else: a command.
    COMMAND
  }

  /// The form of the method string.
  public Form form() {
    if (exec.isEmpty()) {
      return Form.ABSENT;
    }
    String text = exec.get().strip();
    if (text.equals(":true")) {
      return Form.TRUE;
    }
    return text.equals(":kill") || text.startsWith(":kill ") || text.startsWith(":kill\t")
        ? Form.KILL
        : Form.COMMAND;
  }

  /// The signal name of a `:kill` method without `SIG`, `TERM` by default; a number is kept as
  /// written.
  public String killSignal() {
    String argument = exec.orElse("").strip().substring(":kill".length()).strip();
    if (argument.isEmpty()) {
      return "TERM";
    }
    String name = argument.startsWith("-") ? argument.substring(1) : argument;
    return name.startsWith("SIG") ? name.substring(3) : name;
  }
}
