package bespoke.cli;

import bespoke.api.listing.LocalZone;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.EarlyConnection;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Where every command begins: `bespoke.cli.Main NAME ARGUMENT…`, as the launcher calls it.
public final class Main {

  private Main() {}

  /// Runs the command that the first argument names.
  public static void main(String[] arguments) {
    List<String> all = Arrays.asList(arguments);
    List<String> rest = all.isEmpty() ? all : all.subList(1, all.size());
    Root root = Root.of(rest, System.getenv(), System.getProperty("user.name", ""));
    EarlyConnection early = EarlyConnection.begin(root.socket());
    Models.preparePicocli();
    Console console = console();
    int status = run(all.isEmpty() ? "" : all.getFirst(), rest, root, console, early);
    console.out().flush();
    console.err().flush();
    boolean lost = console.out().checkError() && status == 0;
    // not exit: there are no hooks to run, and it would start the logging of the JDK first
    Runtime.getRuntime().halt(lost ? ExitStatus.FAILED : status);
  }

  /// The launcher says in `bespoke.terminal` which of the descriptors 0, 1 and 2 are terminals.
  private static Console console() {
    String terminals = System.getProperty("bespoke.terminal", "");
    return new Console(
        new FileInputStream(FileDescriptor.in),
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        terminals.indexOf('0') >= 0,
        terminals.indexOf('1') >= 0,
        System.getenv(),
        InstantSource.system(),
        LocalZone.of(System.getenv("TZ"), Path.of("/etc/localtime")));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }

  /// Runs a command; returns its exit status. Nothing is flushed.
  static int run(
      String name, List<String> arguments, Root root, Console console, EarlyConnection early) {
    Command command = Commands.named(name);
    if (command == null) {
      console.err().print("bespoke: there is no command \"" + name + "\"\n");
      return ExitStatus.USAGE;
    }
    Session session = new Session(name, console, root, early);
    String word = subcommand(command, arguments);
    boolean known = command.subcommands().contains(word);
    CommandSpec spec = command.model(known ? word : null);
    if (!known && !word.isEmpty()) {
      String nearest = Nearest.to(word, command.subcommands());
      String question = nearest.isEmpty() ? "" : "  Did you mean " + nearest + "?";
      return usage(session, spec, "unknown subcommand \"" + word + "\"." + question);
    }
    try {
      ParseResult result =
          new CommandLine(spec).parseArgs(arguments.toArray(new String[arguments.size()]));
      return perform(command, result, session);
    } catch (ParameterException e) {
      return usage(session, e.getCommandLine().getCommandSpec(), String.valueOf(e.getMessage()));
    }
  }

  private static int perform(Command command, ParseResult result, Session session) {
    ParseResult last = result;
    while (last.hasSubcommand()) {
      if (last.isUsageHelpRequested()) {
        break;
      }
      last = last.subcommand();
    }
    if (last.isUsageHelpRequested()) {
      CommandSpec shown = last.equals(result) ? command.model(null) : last.commandSpec();
      session.console().out().print(Usage.help(shown));
      return ExitStatus.OK;
    }
    try {
      return command.run(result, session);
    } catch (UsageException e) {
      return usage(session, last.commandSpec(), String.valueOf(e.getMessage()));
    } catch (DaemonUnreachableException e) {
      session.error(String.valueOf(e.getMessage()));
      session.error("start it with: " + session.root().startCommand());
      return ExitStatus.UNREACHABLE;
    }
  }

  private static int usage(Session session, CommandSpec spec, String message) {
    if (!message.isEmpty()) {
      session.error(message);
    }
    session.console().err().print(Usage.brief(spec));
    return ExitStatus.USAGE;
  }

  /// The subcommand among the arguments, or the empty string: the first that is neither an option
  /// nor an option's value.
  private static String subcommand(Command command, List<String> arguments) {
    if (command.subcommands().isEmpty()) {
      return "";
    }
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--root")
          || argument.equals("--apply")
          || takesValue(argument, command.valueOptions())) {
        i++;
      } else if (!argument.startsWith("-")) {
        return argument;
      }
    }
    return "";
  }

  private static boolean takesValue(String argument, String valueOptions) {
    return argument.length() == 2
        && argument.charAt(0) == '-'
        && valueOptions.indexOf(argument.charAt(1)) >= 0;
  }
}
