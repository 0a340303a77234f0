package bespoke.model;

import java.time.Duration;

/// A question that tells whether a service is well: a command, a TCP connection or an HTTP request.
///
/// @param kind how it asks
/// @param target the command, `HOST:PORT`, or the URL; tokens are expanded when it runs
/// @param interval between two questions, positive
/// @param timeout for one answer, positive
/// @param failures how many bad answers in a row count as failed, at least 1
/// @param successes how many good answers in a row count as well again, at least 1
/// @param onFailure what a failed monitor leads to; readiness probes ignore it
/// @param context for `exec` probes
/// @param origin where it is declared
public record Probe(
    Kind kind,
    String target,
    Duration interval,
    Duration timeout,
    int failures,
    int successes,
    OnFailure onFailure,
    MethodContext context,
    Origin origin) {

  /// How a probe asks.
  public enum Kind {
    /// Exit status 0 is well.
    EXEC,
    /// An accepted connection is well.
    TCP,
    /// A status from 200 to 399 is well.
    HTTP
  }

  /// What repeated failures of a monitor lead to.
  public enum OnFailure {
    /// The instance becomes `degraded` until the probe is well again.
    DEGRADE,
    /// The instance is stopped and started again, counted as a failure.
    RESTART
  }
}
