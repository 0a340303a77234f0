package bespoke.restarter;

import bespoke.contract.Limit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Where and how the restarter works.
///
/// @param logDirectory of the instances' logs and the daemon's own; made when it is missing
/// @param runDirectory for sockets that live as long as the daemon; made when it is missing
/// @param environment `NAME=value` entries that every method gets, such as `LANG` and `TZ`
/// @param logSizeMaxBytes a larger log is rotated, at least 4096
/// @param logsKept how many older logs are kept, at least 1
/// @param fileLimit of descriptors, for methods that say nothing of it; empty keeps the daemon's,
///   which costs no time
public record RestarterSettings(
    Path logDirectory,
    Path runDirectory,
    List<String> environment,
    long logSizeMaxBytes,
    int logsKept,
    Supplier<Optional<Limit>> fileLimit) {

  /// @throws IllegalArgumentException if a number is too small
  public RestarterSettings {
    environment = List.copyOf(environment);
    if (logSizeMaxBytes < 4096 || logsKept < 1) {
      throw new IllegalArgumentException("a log is at least 4096 bytes large and one is kept");
    }
  }

  /// The usual places under a root directory: 10 MiB a log, three older ones.
  public static RestarterSettings under(Path root, List<String> environment) {
    return new RestarterSettings(
        root.resolve("log"), root.resolve("run"), environment, 10L << 20, 3, Optional::empty);
  }

  /// The same with a limit of descriptors for methods.
  public RestarterSettings withFileLimit(Supplier<Optional<Limit>> limit) {
    return new RestarterSettings(
        logDirectory, runDirectory, environment, logSizeMaxBytes, logsKept, limit);
  }
}
