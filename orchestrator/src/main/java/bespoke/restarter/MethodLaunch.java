package bespoke.restarter;

import bespoke.contract.Credentials;
import bespoke.contract.Launch;
import bespoke.contract.Limit;
import bespoke.contract.Stream;
import bespoke.model.MethodContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Turns a method context into what a process is born with (smf_method(7), "Method context").
final class MethodLaunch {

  private static final int UMASK = 022;

  private MethodLaunch() {}

  /// A launch without its streams: those are the caller's matter.
  static Launch of(
      long run,
      List<String> command,
      List<String> environment,
      Path directory,
      MethodContext context) {
    Launch launch =
        Launch.of(run, command, environment)
            .withDirectory(directory)
            .withUmask(context.umask().map(octal -> Integer.parseInt(octal, 8)).orElse(UMASK))
            .withLimits(limits(context))
            .withCredentials(
                new Credentials(
                    context.user(),
                    context.group(),
                    context.supplementaryGroups(),
                    context.capabilities(),
                    context.noNewPrivileges()));
    if (context.nice().isPresent()) {
      launch = launch.withNice(context.nice().getAsInt());
    }
    return context.oomScoreAdjust().isPresent()
        ? launch.withOomScoreAdjust(context.oomScoreAdjust().getAsInt())
        : launch;
  }

  /// The same with a limit of descriptors, unless it has one.
  ///
  /// @param fileLimit empty keeps the daemon's
  static Launch limited(Launch launch, Optional<Limit> fileLimit) {
    if (fileLimit.isEmpty() || launch.limits().containsKey("nofile")) {
      return launch;
    }
    Map<String, Limit> limits = new TreeMap<>(launch.limits());
    limits.put("nofile", fileLimit.get());
    return launch.withLimits(limits);
  }

  /// The same with output and error in the log, or nowhere when that cannot be written.
  static Launch logged(Launch launch, Path log, boolean writable) {
    return writable
        ? launch.withLog(log, LogFile.MODE)
        : launch.withStreams(new Stream.Nothing(), new Stream.Nothing(), new Stream.Nothing());
  }

  private static Map<String, Limit> limits(MethodContext context) {
    Map<String, Limit> limits = new TreeMap<>();
    context
        .limits()
        .forEach((name, limit) -> limits.put(name, new Limit(limit.soft(), limit.hard())));
    return limits;
  }
}
