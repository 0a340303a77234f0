package bespoke.contract;

import java.nio.file.Path;

/// Where standard input, output or error of a process goes.
public sealed interface Stream {

  /// The null device: nothing to read, everything written is lost.
  record Nothing() implements Stream {}

  /// A file that the process itself appends to (O_APPEND), so that the daemon is not in the way.
  ///
  /// @param path created if it is missing; its directory must exist
  /// @param mode permissions when it is created, such as 0644, before the daemon's umask
  record Append(Path path, int mode) implements Stream {}

  /// A file that the process reads from.
  record ReadFrom(Path path) implements Stream {}

  /// A named pipe that the process holds by both its ends: so it meets neither the end of a file
  /// nor SIGPIPE when whoever has the other end goes.
  record BothEnds(Path path) implements Stream {}

  /// An open descriptor of ours; it is copied and stays open here.
  ///
  /// @param number as from `bespoke.os.Descriptor`
  record Inherited(int number) implements Stream {}

  /// For standard error: where standard output goes.
  record SameAsOutput() implements Stream {}
}
