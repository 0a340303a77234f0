package bespoke.restarter;

import bespoke.contract.Contracts;
import bespoke.contract.KnownProcess;
import bespoke.contract.Launch;
import bespoke.contract.LaunchFailure;
import bespoke.contract.Launched;
import bespoke.contract.Limit;
import bespoke.engine.Decision.RunMethod;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs methods (smf.md 5.6, 6.1): expands the method string, sets the context, starts the process
/// and writes what happens into the instance's log.
final class MethodRunner {

  private final Configuration configuration;
  private final EventSink events;
  private final Contracts contracts;
  private final Undertakings undertakings;
  private final InstanceLogs logs;
  private final ReadinessChannels channels;
  private final MethodPreparation preparation;
  private final Supplier<Optional<Limit>> fileLimit;

  MethodRunner(
      RestarterSettings settings,
      Configuration configuration,
      EventSink events,
      Contracts contracts,
      Undertakings undertakings,
      InstanceLogs logs,
      ReadinessChannels channels,
      Function<String, Optional<Path>> homes) {
    this.configuration = configuration;
    this.events = events;
    this.contracts = contracts;
    this.undertakings = undertakings;
    this.logs = logs;
    this.channels = channels;
    this.preparation =
        new MethodPreparation(
            configuration,
            logs,
            settings.environment(),
            homes,
            InstanceDefinition.MASTER_RESTARTER);
    this.fileLimit = settings.fileLimit();
  }

  /// Starts a method; its end is told by the contract's listener. Whatever fails, there is exactly
  /// one answer.
  void run(RunMethod order) {
    undertakings.begin(
        new ActiveRun(
            order.instance(),
            order.run(),
            order.kind(),
            order.contract(),
            order.isService(),
            order.cause()),
        order.primary().orElse(order.contract()));
    try {
      start(order);
    } catch (MethodNotRunException e) {
      notRun(order, e);
    } catch (RuntimeException | Error bug) {
      notRun(order, new MethodNotRunException("internal error: " + bug, false));
      throw bug;
    }
  }

  private void start(RunMethod order) throws MethodNotRunException {
    InstanceDefinition definition =
        configuration
            .definition(order.instance())
            .orElseThrow(() -> new MethodNotRunException("it has no definition any more", false));
    Method method =
        definition
            .method(order.kind())
            .orElseThrow(() ->
                new MethodNotRunException("it has no " + order.kind() + " method any more", false));
    String command = preparation.command(order.instance(), order.kind(), method, order.primary());
    if (order.isService()) {
      MethodPreparation.requireProgram(command);
    }
    Path path = preparation.directory(method.context());
    logs.write(order.instance(), "Executing " + order.kind() + " method (\"" + command + "\").");
    limitResources(order, definition);
    try (ReadinessChannels.Preparation ready = channels.prepare(order, definition)) {
      launch(order, launch(order, method.context(), command, path, ready));
    }
  }

  private Launch launch(
      RunMethod order,
      MethodContext context,
      String command,
      Path directory,
      ReadinessChannels.Preparation ready)
      throws MethodNotRunException {
    MethodPreparation.Prepared prepared =
        preparation.launch(
            order.run(),
            order.instance(),
            order.kind(),
            context,
            CommandLine.arguments(command),
            directory,
            ready.environment());
    prepared
        .unwritableLog()
        .ifPresent(reason ->
            events.post(
                order.cause(),
                new Event.StatusReported(order.instance(), order.contract(), reason)));
    return MethodLaunch.limited(prepared.launch(), fileLimit.get())
        .withDescriptors(ready.descriptors());
  }

  private void limitResources(RunMethod order, InstanceDefinition definition) {
    boolean wanted = !definition.resources().values().isEmpty();
    if (wanted && order.kind() == MethodKind.START) {
      contracts
          .limit(order.contract(), new bespoke.contract.Resources(definition.resources().values()))
          .forEach(problem -> logs.write(order.instance(), problem));
    } else {
      contracts.create(order.contract(), order.instance().shortName());
    }
  }

  private void launch(RunMethod order, Launch launch) throws MethodNotRunException {
    Launched launched = contracts.launch(order.contract(), launch);
    switch (launched) {
      case Launched.Started(KnownProcess process) ->
          events.post(
              order.cause(), new Event.MethodStarted(order.instance(), order.run(), process.pid()));
      case Launched.Failed(LaunchFailure failure) ->
          throw new MethodNotRunException(failure, launch.directory());
    }
  }

  private void notRun(RunMethod order, MethodNotRunException e) {
    if (undertakings.end(order.run()).isEmpty()) {
      return;
    }
    e.messages().forEach(message -> logs.write(order.instance(), message));
    events.post(
        order.cause(),
        new Event.MethodExited(
            order.instance(),
            order.run(),
            new MethodOutcome.NotRun(e.messages().getLast(), e.isRetryable()),
            OptionalInt.empty()));
    contracts.remove(order.contract());
  }
}
