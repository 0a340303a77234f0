package bespoke.supervisor.process;

/// How a process ended.
public sealed interface ProcessEnd {
  /// It exited with a status, 0 to 255.
  record Exited(int status) implements ProcessEnd {}

  /// A signal ended it.
  record Signaled(String signalName) implements ProcessEnd {}

  /// It was not our child, so nobody told how it ended.
  record Unknown() implements ProcessEnd {}

  /// The status for the remote interface: -1 unless it exited.
  default int status() {
    return switch (this) {
      case Exited(int status) -> status;
      case Signaled _, Unknown _ -> -1;
    };
  }

  /// For the activity log.
  default String description() {
    return switch (this) {
      case Exited(int status) -> "exit status " + status;
      case Signaled(String name) -> "terminated by " + name;
      case Unknown() -> "how it ended is unknown: it was started by an earlier server";
    };
  }
}
