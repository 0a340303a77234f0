package bespoke.supervisor;

import bespoke.contract.Contracts;
import bespoke.contract.ContractsOpening;
import bespoke.os.OwnProcess;
import bespoke.os.Syslog;
import bespoke.supervisor.config.Account;
import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.HttpServerConfig;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ServerConfig;
import bespoke.supervisor.config.SocketAddressConfig;
import bespoke.supervisor.delegate.Delegation;
import bespoke.supervisor.http.BasicAuthentication;
import bespoke.supervisor.http.HttpListener;
import bespoke.supervisor.http.Routes;
import bespoke.supervisor.http.SocketInUseException;
import bespoke.supervisor.log.ActivityLog;
import bespoke.supervisor.log.RotatingFile;
import bespoke.supervisor.process.Moment;
import bespoke.supervisor.rpc.MethodTable;
import bespoke.supervisor.rpc.RemoteInterface;
import bespoke.supervisor.server.AutoLog;
import bespoke.supervisor.server.ConfigurationSource;
import bespoke.supervisor.server.ContractDesk;
import bespoke.supervisor.server.Loop;
import bespoke.supervisor.server.PrivateDirectory;
import bespoke.supervisor.server.ProcessRecord;
import bespoke.supervisor.server.ServerState;
import bespoke.supervisor.server.Supervision;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
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
  /// Descriptors of the server itself and its clients.
  private static final int FILES_BASE = 300;

  /// Three pipes, two logs and two of the contract, for each process.
  private static final int FILES_PER_PROCESS = 8;

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
    prepareProcess(first);
    Configuration configuration = first;
    Contracts opened = null;
    PrivateDirectory directory = null;
    boolean isFirst = true;
    boolean again = true;
    while (again) {
      ActivityLog current = openLog(configuration.server());
      log = current;
      if (directory == null) {
        directory = privateDirectory(configuration.server(), current);
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
      List<HttpListener> listeners = listen(configuration);
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
      removePidfile(configuration.server());
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
    writePidfile(server, current);
    loop.execute(() -> {
      if (terminating) {
        next.stop(ServerState.SHUTDOWN); // asked for since the restart began
        return;
      }
      configuration.warnings().forEach(text -> current.write(LogLevel.WARN, text));
      warnOfOpenness(configuration, current);
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

  private static void warnOfOpenness(Configuration configuration, ActivityLog current) {
    if (OwnProcess.effectiveUid() == 0 && configuration.server().user() == null) {
      current.write(
          LogLevel.CRITICAL,
          "Supervisor is running as root.  Privileges were not dropped because no user is specified"
              + " in the config file.  If you intend to run as root, you can set user=root in the"
              + " config file to avoid this message.");
    }
    for (HttpServerConfig http : configuration.httpServers()) {
      boolean open =
          http.username() == null
              && (http.address() instanceof SocketAddressConfig.Inet || (http.mode() & 077) != 0);
      if (open) {
        current.write(
            LogLevel.CRITICAL,
            "Server '" + http.section() + "' running without any HTTP authentication checking");
      }
    }
  }

  private static Moment now() {
    return new Moment(System.nanoTime() / 1_000_000, System.currentTimeMillis() / 1000);
  }

  private static void prepareProcess(Configuration configuration) throws CannotStartException {
    ServerConfig server = configuration.server();
    raise(OwnProcess.LIMIT_FILES, server.minfds(), "minfds");
    raise(OwnProcess.LIMIT_PROCESSES, server.minprocs(), "minprocs");
    int processes =
        configuration.groups().stream().mapToInt(group -> group.processes().size()).sum();
    // wanted, not needed: where it cannot be had, the programs that lack descriptors say so
    int _ =
        OwnProcess.raiseLimit(
            OwnProcess.LIMIT_FILES, FILES_BASE + (long) FILES_PER_PROCESS * processes);
    Account user = server.user();
    int ours = OwnProcess.effectiveUid();
    if (user != null && user.uid() != ours) {
      int answer = ours == 0 ? OwnProcess.becomeUser(user.name(), user.uid(), user.gid()) : -1;
      if (answer != 0) {
        throw new CannotStartException("Can't drop privilege as nonroot user");
      }
    }
    var _ = OwnProcess.umask(server.umask());
  }

  private static void raise(int resource, int least, String option) throws CannotStartException {
    if (OwnProcess.raiseLimit(resource, least) != 0) {
      throw new CannotStartException(
          "cannot raise the limit that "
              + option
              + " asks for to "
              + least
              + ": it is "
              + OwnProcess.softLimit(resource)
              + "; lower "
              + option
              + " or start as root");
    }
  }

  private ActivityLog openLog(ServerConfig server) throws CannotStartException {
    boolean toSyslog = server.logfile().equals("syslog");
    RotatingFile file = null;
    if (toSyslog) {
      Syslog.open(server.identifier());
    } else {
      file =
          new RotatingFile(
              Path.of(server.logfile()).toAbsolutePath(),
              server.logfileMaxBytes(),
              server.logfileBackups());
      try {
        file.open();
      } catch (IOException e) {
        throw new CannotStartException("cannot open the log " + server.logfile() + ": " + e);
      }
    }
    return new ActivityLog(
        server.logLevel(),
        InstantSource.system(),
        file,
        server.nodaemon() && !server.silent() ? out : null,
        toSyslog ? Syslog::write : null);
  }

  private static @Nullable PrivateDirectory privateDirectory(
      ServerConfig server, ActivityLog current) {
    Path path = Path.of(server.pidfile() + ".private").toAbsolutePath();
    try {
      return PrivateDirectory.open(path);
    } catch (IOException e) {
      current.write(
          LogLevel.WARN,
          "cannot make the directory "
              + path
              + " ("
              + e
              + "): programs will not outlive this"
              + " server if it is killed");
      return null;
    }
  }

  private Contracts openContracts(ServerConfig server, @Nullable PrivateDirectory directory) {
    Path root = directory == null ? Path.of(server.pidfile()).toAbsolutePath() : directory.path();
    Contracts opened =
        new ContractsOpening(root, ContractsOpening.Choice.BEST, contracts.listener())
            .open(loop.poller());
    contracts.begin(opened);
    return opened;
  }

  private List<HttpListener> listen(Configuration configuration) throws CannotStartException {
    MethodTable methods =
        RemoteInterface.of(loop, this::current, version, configuration.hasRemoteInterface());
    var listeners = new ArrayList<HttpListener>();
    for (HttpServerConfig http : configuration.httpServers()) {
      BasicAuthentication authentication =
          http.username() == null || http.password() == null
              ? null
              : new BasicAuthentication(http.username(), http.password());
      var routes =
          new Routes(
              methods,
              new FollowedLogs(loop, this::current),
              authentication,
              problem -> loop.execute(() -> current().log().write(LogLevel.ERROR, problem)));
      try {
        listeners.add(HttpListener.open(http, routes));
      } catch (SocketInUseException e) {
        listeners.forEach(HttpListener::close);
        throw new CannotStartException(String.valueOf(e.getMessage()));
      }
    }
    return listeners;
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

  private static void writePidfile(ServerConfig server, ActivityLog current) {
    try {
      Files.writeString(Path.of(server.pidfile()), ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      current.write(LogLevel.CRITICAL, "could not write pidfile " + server.pidfile() + ": " + e);
    }
  }

  private static void removePidfile(ServerConfig server) {
    try {
      Files.deleteIfExists(Path.of(server.pidfile()));
    } catch (IOException _) {
      // the next server overwrites it
    }
  }
}
