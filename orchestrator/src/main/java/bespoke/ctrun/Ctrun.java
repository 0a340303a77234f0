package bespoke.ctrun;

import bespoke.os.SignalHandling;
import bespoke.os.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The program ctrun.
public final class Ctrun {
  private static final int FAILED = 124;
  private static final int USAGE = 125;
  private static final List<String> PASSED_ON = List.of("HUP", "INT", "TERM", "USR1", "USR2");

  private Ctrun() {}

  /// Runs a command and exits with its status.
  ///
  /// @param arguments its command line
  public static void main(String[] arguments) {
    int status = run(List.of(arguments), System.getenv(), System.out, System.err);
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status);
  }

  static int run(
      List<String> arguments, Map<String, String> variables, PrintStream out, PrintStream err) {
    try {
      RunOptions options = RunOptions.parse(arguments);
      if (options.isHelp()) {
        out.print(RunOptions.USAGE);
        return 0;
      }
      var environment = new ArrayList<String>();
      variables.forEach((name, value) -> environment.add(name + "=" + value));
      return run(options, environment, err);
    } catch (RunOptions.UsageException e) {
      err.println("ctrun: " + e.getMessage());
      err.print(RunOptions.USAGE);
      return USAGE;
    } catch (IOException e) {
      err.println("ctrun: cannot make a contract: " + e);
      return FAILED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int run(RunOptions options, List<String> environment, PrintStream err)
      throws IOException, InterruptedException {
    // names the place of the contract; when it is gone, whoever comes next takes that away
    Path root = Files.createTempDirectory("ctrun-");
    try (var run = new ContractRun(options, root, environment, err)) {
      for (String name : PASSED_ON) {
        Signals.number(name)
            .ifPresent(number -> {
              boolean _ = SignalHandling.handle(name, () -> run.signal(number));
            });
      }
      return run.run();
    } finally {
      Files.deleteIfExists(root);
    }
  }
}
