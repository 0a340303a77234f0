package bespoke.model;

import java.time.Duration;
import java.util.Optional;

/// When an instance is `online`: at once after its start method, or when it says so.
///
/// @param kind who tells
/// @param descriptor the number of the notification descriptor, with `DESCRIPTOR`, else -1
/// @param probe what is asked, with `PROBE`
/// @param timeout how long the instance may take after its start method was run; empty means no
///   limit
public record Readiness(
    Kind kind, int descriptor, Optional<Probe> probe, Optional<Duration> timeout) {

  /// The start method's success is readiness.
  public static final Readiness METHOD =
      new Readiness(Kind.METHOD, -1, Optional.empty(), Optional.empty());

  /// Who tells that an instance is ready.
  public enum Kind {
    METHOD,
    /// `READY=1` on the socket in `NOTIFY_SOCKET` (sd_notify(3)).
    SD_NOTIFY,
    /// A newline on a descriptor, as in s6.
    DESCRIPTOR,
    PROBE
  }
}
