package bespoke.contract;

/// Why a process could not be started as wanted.
///
/// @param kind for programs
/// @param reason for people: `cannot …`, with what to do where that is known
public record LaunchFailure(Kind kind, String reason) {

  /// What went wrong.
  public enum Kind {
    /// No such program.
    MISSING,
    /// It may not be executed.
    NOT_EXECUTABLE,
    /// Its `#!` line names a program that does not exist.
    BAD_INTERPRETER,
    /// The kernel does not know its format.
    BAD_FORMAT,
    /// The working directory cannot be entered.
    DIRECTORY,
    /// The user does not exist.
    UNKNOWN_USER,
    /// A group does not exist.
    UNKNOWN_GROUP,
    /// Standard input, output or error cannot be opened.
    INPUT_OUTPUT,
    /// A limit, umask, priority, user, group or capability cannot be set.
    CONTEXT,
    /// The contract cannot be entered.
    CONTRACT,
    /// The machine is short of processes, memory or descriptors.
    RESOURCES,
    /// A program that we need to start it (`sh`, `setpriv`, `prlimit`) is not installed.
    TOOL
  }

  /// Whether trying again may help, or something must be changed first.
  public boolean isRetryable() {
    return kind == Kind.RESOURCES;
  }
}
