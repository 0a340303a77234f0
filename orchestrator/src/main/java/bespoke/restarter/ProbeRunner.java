package bespoke.restarter;

import bespoke.contract.Contracts;
import bespoke.contract.Launch;
import bespoke.contract.Launched;
import bespoke.contract.Limit;
import bespoke.contract.ProcessExit;
import bespoke.contract.Stream;
import bespoke.engine.Decision.RunProbe;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.MethodOutcome;
import bespoke.model.Probe;
import bespoke.os.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Asks probes: commands, TCP connections, HTTP requests. Each is answered once, at the latest when
/// its timeout is over.
///
/// A command runs in a contract of its own, which is killed when it has answered or its time is
/// over. Its standard output is thrown away; its standard error is in the instance's log.
final class ProbeRunner {

  /// Contracts from this number on belong to probes.
  static final long CONTRACT_MIN = 1L << 48;

  private record Pending(RunProbe order, Probe probe, Runnable abort) {}

  private final Configuration configuration;
  private final EventSink events;
  private final InstanceLogs logs;
  private final Timers timers;
  private final List<String> environment;
  private final Supplier<Optional<Limit>> fileLimit;
  private final Function<String, Optional<Path>> homes;
  private final Supplier<Contracts> contracts;
  private final Tokens tokens;
  private final NetworkProbes network;
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

  ProbeRunner(
      RestarterSettings settings,
      Configuration configuration,
      EventSink events,
      InstanceLogs logs,
      Timers timers,
      Function<String, Optional<Path>> homes,
      Supplier<Contracts> contracts) {
    this.configuration = configuration;
    this.events = events;
    this.logs = logs;
    this.timers = timers;
    this.environment = settings.environment();
    this.fileLimit = settings.fileLimit();
    this.homes = homes;
    this.contracts = contracts;
    this.tokens = new Tokens(configuration);
    this.network = new NetworkProbes();
  }

  /// Whether a contract belongs to a probe.
  static boolean isProbe(long contract) {
    return contract >= CONTRACT_MIN;
  }

  /// Asks; does not wait for the answer.
  void run(RunProbe order) {
    Optional<Probe> probe =
        configuration
            .definition(order.instance())
            .flatMap(
                definition -> order.readiness() ? readiness(definition) : definition.monitor());
    if (probe.isEmpty()) {
      post(order, "it has no such probe any more");
      return;
    }
    Quoting quoting = probe.get().kind() == Probe.Kind.EXEC ? Quoting.SHELL : Quoting.NONE;
    switch (tokens.expand(probe.get().target(), order.instance(), "monitor", quoting)) {
      case Expansion.Expanded(String target) -> ask(order, probe.get(), target.strip());
      case Expansion.Refused(String reason) -> post(order, reason);
    }
  }

  private static Optional<Probe> readiness(InstanceDefinition definition) {
    return definition.readiness().probe();
  }

  private void ask(RunProbe order, Probe probe, String target) {
    switch (probe.kind()) {
      case EXEC -> execute(order, probe, target);
      case TCP, HTTP -> {
        NetworkProbes.Question question =
            network.ask(
                probe.kind(), target, probe.timeout(), detail -> answer(order.run(), detail));
        await(order, probe, question::abort);
        question.start();
      }
    }
  }

  private void execute(RunProbe order, Probe probe, String command) {
    WorkingDirectory directory = WorkingDirectory.of(probe.context(), homes);
    if (directory.path().isEmpty()) {
      post(order, directory.problem());
      return;
    }
    List<String> ofContext;
    try {
      ofContext = EnvironmentFiles.variables(probe.context());
    } catch (MethodNotRunException e) {
      post(order, e.messages().getLast());
      return;
    }
    Environment variables =
        Environment.of(
            order.instance(),
            "monitor",
            InstanceDefinition.MASTER_RESTARTER,
            environment,
            ofContext);
    Stream error =
        logs.prepare(order.instance()).isEmpty()
            ? new Stream.Append(logs.path(order.instance()), LogFile.MODE)
            : new Stream.Nothing();
    Entrance entrance =
        Entrance.of(directory.path().get(), CommandLine.arguments(command), probe.context());
    Launch launch =
        MethodLaunch.limited(
                MethodLaunch.of(
                    order.run(),
                    entrance.command(),
                    variables.entries(),
                    entrance.directory(),
                    probe.context()),
                fileLimit.get())
            .withStreams(new Stream.Nothing(), new Stream.Nothing(), error);
    long contract = CONTRACT_MIN + order.run();
    await(order, probe, () -> contracts.get().kill(contract));
    if (contracts.get().launch(contract, launch) instanceof Launched.Failed failed) {
      answer(order.run(), failed.failure().reason());
      contracts.get().remove(contract);
    }
  }

  private void await(RunProbe order, Probe probe, Runnable abort) {
    pending.put(order.run(), new Pending(order, probe, abort));
    timers.schedule(
        key(order.run()),
        probe.timeout(),
        () -> {
          if (answer(order.run(), "did not answer within " + inWords(probe.timeout()))) {
            abort.run();
          }
        });
  }

  /// The process of a probe is gone.
  void exited(ProcessExit exit) {
    if (exit.run().isPresent()) {
      answer(exit.run().getAsLong(), detail(exit));
      contracts.get().kill(exit.contract());
    }
  }

  private static String detail(ProcessExit exit) {
    if (exit.failure().isPresent()) {
      return exit.failure().get().reason();
    }
    return switch (exit.outcome()) {
      case MethodOutcome.Exited(int status) -> status == 0 ? "" : "exited with status " + status;
      case MethodOutcome.Signaled(int signal, boolean _) ->
          "died of signal " + Signals.name(signal);
      case MethodOutcome.NotRun(String reason, boolean _) -> reason;
      case MethodOutcome.Unknown _ -> "ended while nobody watched it";
    };
  }

  private boolean answer(long run, String detail) {
    Pending asked = pending.remove(run);
    if (asked == null) {
      return false;
    }
    timers.cancel(key(run));
    post(asked.order, detail);
    return true;
  }

  private void post(RunProbe order, String detail) {
    events.post(
        order.cause(),
        new Event.ProbeAnswered(order.instance(), order.run(), detail.isEmpty(), detail));
  }

  private static Object key(long run) {
    return List.of("probe", run);
  }

  private static String inWords(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }

  /// Lets running questions go unanswered.
  void close() {
    pending.values().forEach(asked -> asked.abort.run());
    pending.clear();
    network.close();
  }
}
