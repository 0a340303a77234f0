package bespoke.supervisor.ctl;

import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.SearchPath;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The program supervisorctl.
public final class Supervisorctl {
  private Supervisorctl() {}

  /// Runs one command and exits with its status, or the shell and exits with 0.
  ///
  /// @param arguments its command line
  public static void main(String[] arguments) {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    int status = run(List.of(arguments), out, System.err);
    out.flush();
    Runtime.getRuntime().halt(status);
  }

  /// Runs one command or the shell.
  ///
  /// @param arguments its command line
  /// @return the exit status
  public static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      ClientOptions options = ClientOptions.parse(arguments);
      if (options.has("help")) {
        out.print(ClientOptions.USAGE);
        return 0;
      }
      ClientConfiguration configuration =
          ClientConfiguration.read(options, file(options), System.getenv());
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      var session = new Session(configuration, out, in);
      if (!options.words().isEmpty()) {
        session.run(String.join(" ", options.words()));
        if (!options.has("interactive")) {
          return session.exitStatus();
        }
      }
      new Shell(session, configuration.prompt(), configuration.historyFile())
          .run(System.getProperty("bespoke.terminal", ""), System.getenv());
      return 0;
    } catch (ConfigurationException e) {
      err.println("Error: " + e.getMessage());
      err.println("For help, use supervisorctl -h");
      err.flush();
      return ExitStatus.INVALID_ARGUMENTS;
    }
  }

  private static @Nullable Path file(ClientOptions options) {
    String named = options.value("configuration");
    if (named != null) {
      return Path.of(named);
    }
    return SearchPath.of(Path.of(System.getProperty("bespoke.home", "/usr"), "bin"))
        .find()
        .orElse(null);
  }
}
