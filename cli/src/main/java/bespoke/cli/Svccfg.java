package bespoke.cli;

import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.shell.ConfigurationShell;
import bespoke.cli.shell.ShellException;
import bespoke.terminal.LineEditor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `svccfg`: configuration, by subcommand, script or conversation (smf.md 8.5).
final class Svccfg implements Command {

  @Override
  public String name() {
    return "svccfg";
  }

  @Override
  public CommandSpec model(@Nullable String subcommand) {
    CommandSpec spec = Models.command("svccfg", "Imports, shows and changes configuration.");
    spec.usageMessage()
        .customSynopsis(
            "svccfg [-nv] [--yes] [--json] [-s FMRI] [subcommand argument...|-f file]",
            "svccfg --apply plan")
        .footer("Subcommands: " + String.join(" ", ConfigurationShell.subcommands()));
    spec.addOption(Models.flag("-v", "say what was done"));
    spec.addOption(Models.value("-s", "FMRI", "select this service or instance first"));
    spec.addOption(
        Models.value("-f", "file", "read subcommands from a file, - for standard input"));
    spec.addOption(Models.value("-z", "zone", "a zone (there is one, global)"));
    Changing.addTo(spec);
    spec.addOption(Models.value("--apply", "plan", "do what -n showed, if it would still do that"));
    spec.addPositional(Models.operands("subcommand", "what to do, and on what"));
    spec.parser().stopAtPositional(true);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Session session) throws DaemonUnreachableException {
    List<String> words = Models.operands(arguments);
    String file = Models.value(arguments, "-f");
    String plan = Models.value(arguments, "--apply");
    if (!plan.isEmpty() && words.isEmpty() && file.isEmpty()) {
      return apply(plan, arguments.hasMatchedOption("--json"), session);
    }
    if (!words.isEmpty() && !file.isEmpty()) {
      throw new UsageException("-f cannot be used with a subcommand");
    }
    boolean interactive = words.isEmpty() && file.isEmpty() && session.console().inputIsTerminal();
    ConfigurationShell shell =
        new ConfigurationShell(
            new ShellOutput(
                session, arguments.hasMatchedOption("--yes"), arguments.hasMatchedOption("--json")),
            arguments.hasMatchedOption("-v"),
            interactive);
    if (arguments.hasMatchedOption("-n")) {
      shell.plan();
    }
    try {
      if (arguments.hasMatchedOption("-s")) {
        shell.select(Models.value(arguments, "-s"));
      }
      if (!words.isEmpty()) {
        shell.execute(words);
        return shell.status();
      }
    } catch (ShellException e) {
      return planned(failed(e, "", session), e, shell);
    }
    return interactive ? converse(shell, session) : script(shell, file, session);
  }

  private static int apply(String plan, boolean json, Session session)
      throws DaemonUnreachableException {
    ConfigurationShell shell =
        new ConfigurationShell(new ShellOutput(session, false, json), false, false);
    try {
      shell.apply(plan);
      return ExitStatus.OK;
    } catch (ShellException e) {
      return failed(e, "", session);
    }
  }

  /// A plan that cannot be made is no plan of changes.
  private static int planned(int status, ShellException failure, ConfigurationShell shell) {
    boolean isMistake = !String.valueOf(failure.getMessage()).isEmpty();
    return shell.isPlanning() && isMistake ? ExitStatus.USAGE : status;
  }

  private static int failed(ShellException failure, String place, Session session) {
    String message = String.valueOf(failure.getMessage());
    if (!message.isEmpty()) {
      session.failure(place, message);
    }
    return failure.status();
  }

  private static int script(ConfigurationShell shell, String file, Session session)
      throws DaemonUnreachableException {
    int line = 0;
    try (BufferedReader reader = reader(file, session)) {
      String command = reader.readLine();
      while (command != null && !shell.isDone()) {
        line++;
        shell.line(command, line);
        command = reader.readLine();
      }
      shell.end();
      return shell.status();
    } catch (ShellException e) {
      ShellException first = earlier(shell, e);
      int at = first.line() == 0 ? line : first.line();
      boolean named = !file.isEmpty() && !file.equals("-");
      return planned(failed(first, named ? file + ", line " + at : "", session), first, shell);
    } catch (IOException e) {
      String why = Files.exists(Path.of(file)) ? e.getMessage() : "it does not exist";
      session.error("cannot read " + file + ": " + why);
      return shell.isPlanning() ? ExitStatus.USAGE : ExitStatus.FAILED;
    }
  }

  /// The changes before a mistake are made; one of them may be the first mistake.
  private static ShellException earlier(ConfigurationShell shell, ShellException mistake)
      throws DaemonUnreachableException {
    try {
      shell.flush();
      return mistake;
    } catch (ShellException e) {
      return e;
    }
  }

  private static BufferedReader reader(String file, Session session) throws IOException {
    return file.isEmpty() || file.equals("-")
        ? new BufferedReader(new InputStreamReader(session.console().in(), StandardCharsets.UTF_8))
        : Files.newBufferedReader(Path.of(file));
  }

  private static LineEditor editor(ConfigurationShell shell, Session session) {
    Console console = session.console();
    if (System.getProperty("bespoke.terminal", "").isEmpty()) { // not started by the launcher
      return LineEditor.plain(console.in(), console.out());
    }
    Path history =
        LineEditor.historyFile(
            "svccfg",
            console.environment().getOrDefault("XDG_STATE_HOME", ""),
            System.getProperty("user.home", "/"));
    return LineEditor.onTerminal("svccfg", history, shell::candidates, console.in(), console.out());
  }

  private static int converse(ConfigurationShell shell, Session session)
      throws DaemonUnreachableException {
    try (LineEditor editor = editor(shell, session)) {
      while (!shell.isDone()) {
        session.console().out().flush();
        Optional<String> line = editor.readLine(shell.prompt());
        if (line.isEmpty()) {
          break;
        }
        try {
          shell.line(line.get());
        } catch (ShellException e) {
          session.print(e.getMessage() + "\n");
        }
      }
      return ExitStatus.OK;
    } catch (IOException e) {
      session.error("cannot read: " + e.getMessage());
      return ExitStatus.FAILED;
    }
  }
}
