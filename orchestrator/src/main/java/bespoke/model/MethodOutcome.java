package bespoke.model;

/// How a run of a method ended.
public sealed interface MethodOutcome {

  /// It exited.
  ///
  /// @param status 0 to 255
  record Exited(int status) implements MethodOutcome {}

  /// A signal ended it.
  ///
  /// @param signal its number (signal(7))
  /// @param core whether it dumped core
  record Signaled(int signal, boolean core) implements MethodOutcome {}

  /// It never ran, or its context could not be set.
  ///
  /// @param reason a sentence for a person
  /// @param retryable whether trying again may help (fork(2) with EAGAIN), or the configuration
  ///   must change first
  record NotRun(String reason, boolean retryable) implements MethodOutcome {}

  /// It ended while nobody could see how (the daemon was away and the kernel cannot tell).
  record Unknown() implements MethodOutcome {}
}
