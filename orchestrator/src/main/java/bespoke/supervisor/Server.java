package bespoke.supervisor;

import bespoke.contract.Contracts;
import bespoke.contract.ContractsOpening;
import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ServerConfig;
import bespoke.supervisor.delegate.Delegation;
import bespoke.supervisor.http.HttpListener;
import bespoke.supervisor.log.ActivityLog;
import bespoke.supervisor.process.Moment;
import bespoke.supervisor.rpc.RemoteInterface;
import bespoke.supervisor.server.AutoLog;
import bespoke.supervisor.server.ConfigurationSource;
import bespoke.supervisor.server.ContractDesk;
import bespoke.supervisor.server.Loop;
import bespoke.supervisor.server.PrivateDirectory;
import bespoke.supervisor.server.ProcessRecord;
import bespoke.supervisor.server.ServerState;
import bespoke.supervisor.server.Supervision;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Wires one server together and runs it, from one restart to the next in the same process.
final class Server {
  private final ConfigurationSource source;
  private final Map<String, String> environment;
  private final String version;
  private final PrintStream out;
  private final Runnable onReady;
  private final BiConsumer<String, Runnable> signals;
  private final Loop loop;
  private final ContractDesk contracts;
  private @Nullable ActivityLog log;
  private @Nullable Supervision supervision;
  private @Nullable Delegation delegation;
  private boolean terminating; // the loop's

  /// @param environment what programs inherit
  /// @param onReady called when the sockets are open
  /// @param signals takes the name of a signal and what is to be done when it arrives
  Server(
      ConfigurationSource source,
      Map<String, String> environment,
      String version,
      PrintStream out,
      Runnable onReady,
      BiConsumer<String, Runnable> signals) {
    this.source = source;
    this.environment = Map.copyOf(environment);
    this.version = version;
    this.out = out;
    this.onReady = onReady;
    this.signals = signals;
    loop = new Loop((_, problem) -> bug(problem));
    contracts = new ContractDesk(loop);
  }

  private void bug(Throwable problem) {
    ActivityLog current = log;
    if (current != null) {
      var trace = new java.io.StringWriter();
      problem.printStackTrace(new java.io.PrintWriter(trace));
      current.write(LogLevel.CRITICAL, "unexpected: " + trace);
    }
  }

  /// Runs until the server is shut down.
  ///
  /// @return the exit status
  int run(Configuration first) throws CannotStartException {
    ServerProcess.prepare(first);
    Configuration configuration = first;
    Contracts opened = null;
    PrivateDirectory directory = null;
    boolean isFirst = true;
    boolean again = true;
    while (again) {
      ActivityLog current = ServerFiles.openLog(configuration.server(), out);
      log = current;
      if (directory == null) {
        directory = ServerFiles.privateDirectory(configuration.server(), current);
      }
      var stopped = new CompletableFuture<ServerState>();
      var next =
          new Supervision(
              loop,
              current,
              contracts,
              Server::now,
              configuration,
              directory,
              environment,
              source,
              stopped::complete);
      supervision = next;
      List<HttpListener> listeners =
          ServerSockets.open(
              configuration,
              RemoteInterface.of(loop, this::current, version, configuration.hasRemoteInterface()),
              new FollowedLogs(loop, this::current),
              problem -> loop.execute(() -> current().log().write(LogLevel.ERROR, problem)));
      if (opened == null) {
        opened = openContracts(configuration.server(), directory);
        handleSignals();
        delegation = Delegation.register(loop, environment).orElse(null);
      }
      if (isFirst) {
        onReady.run();
      }
      begin(configuration, next, current, records(directory, isFirst));
      isFirst = false;
      listeners.forEach(HttpListener::serve);
      again = stopped.join() == ServerState.RESTARTING;
      listeners.forEach(HttpListener::close);
      ServerFiles.removePidfile(configuration.server());
      if (again) {
        configuration = next.lastRead();
      }
      current.close();
    }
    if (opened != null) {
      opened.close();
    }
    if (directory != null) {
      directory.removeAll();
    }
    loop.close();
    return 0;
  }

  /// What an earlier server left running; nothing after a restart of this one.
  private static List<ProcessRecord> records(
      @Nullable PrivateDirectory directory, boolean isFirst) {
    return directory == null || !isFirst ? List.of() : directory.journal().left();
  }

  private void begin(
      Configuration configuration,
      Supervision next,
      ActivityLog current,
      List<ProcessRecord> left) {
    ServerConfig server = configuration.server();
    if (!server.nocleanup()) {
      var keep = new HashSet<Path>();
      for (ProcessRecord record : left) {
        Stream.of(record.stdoutLog(), record.stderrLog())
            .filter(Objects::nonNull)
            .forEach(keep::add);
      }
      AutoLog.removeOld(server, keep);
    }
    ServerFiles.writePidfile(server, current);
    loop.execute(() -> {
      if (terminating) {
        next.stop(ServerState.SHUTDOWN); // asked for since the restart began
        return;
      }
      configuration.warnings().forEach(text -> current.write(LogLevel.WARN, text));
      ServerSockets.warnOfOpenness(configuration, current);
      current.write(LogLevel.INFO, "supervisord started with pid " + ProcessHandle.current().pid());
      if (delegation != null) {
        next.observe(delegation);
      }
      next.begin(left);
      if (delegation != null) {
        delegation.begin(next);
      }
    });
  }

  private static Moment now() {
    return new Moment(System.nanoTime() / 1_000_000, System.currentTimeMillis() / 1000);
  }

  private Contracts openContracts(ServerConfig server, @Nullable PrivateDirectory directory) {
    Path root = directory == null ? Path.of(server.pidfile()).toAbsolutePath() : directory.path();
    Contracts opened =
        new ContractsOpening(root, ContractsOpening.Choice.BEST, contracts.listener())
            .open(loop.poller());
    contracts.begin(opened);
    return opened;
  }

  private Supervision current() {
    if (supervision == null) {
      throw new IllegalStateException("the server has not begun");
    }
    return supervision;
  }

  private void handleSignals() {
    handle("TERM", "SIGTERM", this::terminate);
    handle("INT", "SIGINT", this::terminate);
    handle("QUIT", "SIGQUIT", this::terminate);
    handle("HUP", "SIGHUP", this::restart);
    handle("USR2", "SIGUSR2", () -> current().reopenLogs());
  }

  private void handle(String name, String shown, Runnable action) {
    signals.accept(
        name,
        () ->
            loop.execute(() -> {
              current().log().write(LogLevel.WARN, "received " + shown);
              action.run();
            }));
  }

  private void terminate() {
    terminating = true;
    current().stop(ServerState.SHUTDOWN);
  }

  private void restart() {
    try {
      current().reread();
      current().stop(ServerState.RESTARTING);
    } catch (ConfigurationException e) {
      e.problems()
          .forEach(problem ->
              current()
                  .log()
                  .write(LogLevel.CRITICAL, "not restarting, nothing is changed: " + problem));
    }
  }
}
