package bespoke.contract;

/// One resource limit of setrlimit(2).
///
/// @param soft what is enforced; [#UNLIMITED] for no limit
/// @param hard what the process may raise it to; [#UNLIMITED] for no limit
public record Limit(long soft, long hard) {

  /// RLIM_INFINITY.
  public static final long UNLIMITED = -1;
}
