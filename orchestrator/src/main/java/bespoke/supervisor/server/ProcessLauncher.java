package bespoke.supervisor.server;

import bespoke.contract.Credentials;
import bespoke.contract.Launch;
import bespoke.contract.Launched;
import bespoke.contract.Limit;
import bespoke.contract.ProcessExit;
import bespoke.contract.Resources;
import bespoke.contract.Stream;
import bespoke.os.OwnProcess;
import bespoke.supervisor.config.ChildContext;
import bespoke.supervisor.config.Limits;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ProcessConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Starts the process of one configuration.
final class ProcessLauncher {
  /// The standard streams of a process.
  record Streams(Stream input, Stream output, Stream error) {}

  private final World world;
  private final ProcessConfig config;
  private final String group;
  private final String digest;
  private final List<String> environment;
  private final Resources resources;

  /// @param ownsContract whether limits of the contract are the program's alone
  ProcessLauncher(World world, ProcessConfig config, String group, boolean ownsContract) {
    this.world = world;
    this.config = config;
    this.group = group;
    Resources wanted = resources(config.context().limits());
    resources = ownsContract ? wanted : new Resources(Map.of());
    if (!ownsContract && !wanted.values().isEmpty()) {
      world
          .log()
          .write(
              LogLevel.WARN,
              config.name()
                  + ": cannot limit a program that shares its contract; remove contract=shared or "
                  + String.join(", ", wanted.values().keySet()));
    }
    digest = ConfigDigest.of(config);
    environment = environment();
  }

  /// Of the configuration that it launches.
  String digest() {
    return digest;
  }

  /// What the command turns out to be now.
  ProgramCommand command() {
    var lookUp = new HashMap<String, String>();
    String path =
        config.context().environment().getOrDefault("PATH", world.environment().get("PATH"));
    if (path != null) {
      lookUp.put("PATH", path);
    }
    return ProgramCommand.of(config.command(), lookUp);
  }

  /// @param variables added to the program's environment
  /// @param then gets the answer
  void launch(
      long contract,
      long run,
      List<String> words,
      List<String> variables,
      Streams streams,
      Consumer<ProcessExit> whenExited,
      Consumer<Launched> then) {
    limit(contract);
    List<String> all = environment;
    if (!variables.isEmpty()) {
      all = new ArrayList<>(environment);
      all.addAll(variables);
    }
    Launch launch =
        Launch.of(run, words, all)
            .withStreams(streams.input(), streams.output(), streams.error())
            .withDirectory(directory());
    ChildContext context = config.context();
    if (context.umask() != null) {
      launch = launch.withUmask(context.umask());
    }
    if (context.user() != null && context.user().uid() != OwnProcess.effectiveUid()) {
      launch = launch.withCredentials(Credentials.ofUser(context.user().name()));
    }
    world.contracts().launch(contract, limited(launch, context.limits()), whenExited, then);
  }

  private void limit(long contract) {
    if (!resources.values().isEmpty()) {
      world
          .contracts()
          .limit(contract, resources)
          .forEach(problem -> world.log().write(LogLevel.WARN, config.name() + ": " + problem));
    }
  }

  private Path directory() {
    Path ours = Path.of("").toAbsolutePath();
    String server = world.configuration().server().directory();
    Path base = server == null ? ours : ours.resolve(server);
    String own = config.context().directory();
    return own == null ? base : base.resolve(own);
  }

  private List<String> environment() {
    var variables = new TreeMap<>(world.environment());
    variables.remove("_"); // of the shell that started the server: how that was called
    variables.put("SUPERVISOR_ENABLED", "1");
    String url = config.context().serverUrl();
    if (url == null) {
      url = world.configuration().serverUrl().orElse("");
    }
    if (!url.isEmpty()) {
      variables.put("SUPERVISOR_SERVER_URL", url);
    }
    variables.put("SUPERVISOR_PROCESS_NAME", config.name());
    variables.put("SUPERVISOR_GROUP_NAME", group);
    variables.putAll(config.context().environment());
    var list = new ArrayList<String>();
    variables.forEach((name, value) -> list.add(name + "=" + value));
    return list;
  }

  private static Launch limited(Launch launch, Limits limits) {
    Launch limited = launch;
    if (!limits.resources().isEmpty()) {
      var values = new TreeMap<String, Limit>();
      limits.resources().forEach((name, value) -> values.put(name, limit(value)));
      limited = limited.withLimits(values);
    }
    if (limits.nice() != null || limits.oomScoreAdjust() != null) {
      limited =
          new Launch(
              limited.run(),
              limited.command(),
              limited.environment(),
              limited.directory(),
              limited.input(),
              limited.output(),
              limited.error(),
              limited.descriptors(),
              limited.umask(),
              limited.limits(),
              limited.credentials(),
              optional(limits.nice()),
              optional(limits.oomScoreAdjust()));
    }
    return limited;
  }

  private static OptionalInt optional(@org.jspecify.annotations.Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static Limit limit(String text) {
    String[] parts = text.split(":", 2);
    long soft = number(parts[0]);
    return new Limit(soft, parts.length > 1 ? number(parts[1]) : soft);
  }

  private static long number(String text) {
    return text.equals("unlimited") ? Limit.UNLIMITED : Long.parseLong(text);
  }

  /// The limits of the program's contract.
  static Resources resources(Limits limits) {
    Map<String, String> values = new TreeMap<>();
    if (limits.memoryMaxBytes() > 0) {
      values.put("memory.max", Long.toString(limits.memoryMaxBytes()));
    }
    if (limits.cpuMaxPercent() > 0) {
      values.put("cpu.max", limits.cpuMaxPercent() * 1000L + " 100000");
    }
    if (limits.processesMax() > 0) {
      values.put("pids.max", Integer.toString(limits.processesMax()));
    }
    return new Resources(values);
  }
}
