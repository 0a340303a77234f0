package bespoke.control;

import java.time.Duration;

/// What one client, and all of them together, may use.
///
/// @param connections at the same time
/// @param connectionsOfOneUser of a user who is neither root nor the daemon's
/// @param requestBytes of a request, without its newline
/// @param smallRequestBytes of a request of a caller who may not change everything
/// @param half how long a begun request may take to arrive
/// @param idle how long a connection may stay open without a request
/// @param write how long a client may take to read an answer
/// @param backlog records that wait for a slow reader of a stream before it is cut off
public record Limits(
    int connections,
    int connectionsOfOneUser,
    int requestBytes,
    int smallRequestBytes,
    Duration half,
    Duration idle,
    Duration write,
    int backlog) {
  /// What holds in the daemon.
  public static final Limits DEFAULT =
      new Limits(
          512,
          64,
          bespoke.api.Wire.REQUEST_BYTES_MAX,
          bespoke.api.Wire.SMALL_REQUEST_BYTES_MAX,
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          10_000);
}
