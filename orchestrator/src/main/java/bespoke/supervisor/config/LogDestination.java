package bespoke.supervisor.config;

/// Where the output of a program goes.
public sealed interface LogDestination {
  /// Nowhere: read and dropped.
  record None() implements LogDestination {}

  /// A file made with an unused name in `childlogdir`.
  record Auto() implements LogDestination {}

  /// A file of the operator's choice.
  record File(String path) implements LogDestination {}

  /// The word or path that the remote interface shows.
  default String displayName() {
    return switch (this) {
      case None() -> "none";
      case Auto() -> "auto";
      case File(String path) -> path;
    };
  }
}
