package bespoke.supervisor;

import bespoke.os.OwnProcess;
import bespoke.os.SignalHandling;
import bespoke.os.Signals;
import bespoke.supervisor.config.Accounts;
import bespoke.supervisor.config.Configuration;
import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.ConfigurationReader;
import bespoke.supervisor.config.SearchPath;
import bespoke.supervisor.config.ServerOptions;
import bespoke.supervisor.server.ConfigurationSource;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The program supervisord.
///
/// Exit status: 0 after an orderly end, 2 for every mistake of usage or configuration.
public final class Supervisord {
  /// What clients are told: the version of supervisord that this one is compatible with.
  static final String VERSION = "4.2.5+bespoke";

  private final List<String> arguments;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final BiConsumer<String, Runnable> signals;

  /// @param signals takes the name of a signal and what is to be done when it arrives
  Supervisord(
      List<String> arguments,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      BiConsumer<String, Runnable> signals) {
    this.arguments = List.copyOf(arguments);
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
    this.signals = signals;
  }

  /// Runs the program.
  ///
  /// @param arguments its command line
  public static void main(String[] arguments) {
    int status =
        new Supervisord(
                List.of(arguments), System.getenv(), System.out, System.err, Supervisord::handle)
            .run();
    Runtime.getRuntime().halt(status);
  }

  /// Also a signal that whoever started us lets us ignore, such as nohup(1).
  private static void handle(String signal, Runnable action) {
    Signals.number(signal).ifPresent(OwnProcess::stopIgnoring);
    boolean _ = SignalHandling.handle(signal, action); // the JVM keeps QUIT to itself
  }

  int run() {
    try {
      ServerOptions options = ServerOptions.parse(arguments);
      if (options.help()) {
        out.print(ServerOptions.USAGE);
        return 0;
      }
      if (options.version()) {
        out.println(VERSION);
        return 0;
      }
      Path file = file(options);
      var childEnvironment = new HashMap<>(environment);
      childEnvironment.remove(Daemonizing.MARK);
      var reader =
          new ConfigurationReader(
              childEnvironment,
              ConfigurationReader.hostName(),
              temporaryDirectory(),
              Accounts.system());
      ConfigurationSource source = () -> reader.read(file, options.values());
      return start(source, source.read(), childEnvironment);
    } catch (ConfigurationException e) {
      return usageError(e.problems());
    }
  }

  private int start(
      ConfigurationSource source, Configuration configuration, Map<String, String> environment) {
    try {
      boolean foreground = configuration.server().nodaemon() || configuration.server().silent();
      var daemonizing = new Daemonizing(this.environment, foreground);
      if (daemonizing.isParent()) {
        return daemonizing.startChild();
      }
      return new Server(source, environment, VERSION, out, daemonizing::ready, signals)
          .run(configuration);
    } catch (CannotStartException e) {
      return usageError(List.of(String.valueOf(e.getMessage())));
    }
  }

  private int usageError(List<String> problems) {
    problems.forEach(problem -> err.println("Error: " + problem));
    err.println("For help, use supervisord -h");
    err.flush();
    return 2;
  }

  private Path file(ServerOptions options) throws ConfigurationException {
    if (options.configuration() != null) {
      return Path.of(options.configuration());
    }
    SearchPath search = SearchPath.of(Path.of(System.getProperty("bespoke.home", "/usr"), "bin"));
    Optional<Path> found = search.find();
    if (found.isEmpty()) {
      throw new ConfigurationException(search.notFound());
    }
    if (bespoke.os.OwnProcess.effectiveUid() == 0) {
      err.println(
          "Warning: supervisord is running as root and it is searching for its configuration file"
              + " in default locations (including its current working directory); you probably want"
              + " to specify a \"-c\" argument specifying an absolute path to a configuration file"
              + " for improved security.");
    }
    return found.get();
  }

  private String temporaryDirectory() {
    for (String name : List.of("TMPDIR", "TEMP", "TMP")) {
      String value = environment.get(name);
      if (value != null && Files.isDirectory(Path.of(value))) {
        return value;
      }
    }
    return "/tmp";
  }
}
