package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.FaultCode;
import bespoke.supervisor.rpc.RemoteFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The commands for the server as a whole and for the shell: shutdown, reload, open, help, exit.
final class ShellCommands {
  private static final int LINE_WIDTH = 79;

  private final Session session;

  ShellCommands(Session session) {
    this.session = session;
  }

  void register() {
    session.add(
        new Command(
            "shutdown", "shutdown \tShut the remote supervisord down.", false, this::shutdown));
    session.add(
        new Command("reload", "reload \t\tRestart the remote supervisord.", false, this::reload));
    session.add(
        new Command(
            "open",
            "open <url>\tConnect to a remote supervisord process.\n"
                + "\t\t(for UNIX domain socket, use unix:///socket/path)",
            false,
            this::open));
    session.add(
        new Command(
            "help",
            "help\t\tPrint a list of available actions\nhelp <action>\tPrint help for <action>",
            false,
            this::help));
    session.add(new Command("exit", "exit\tExit the supervisor shell.", false, _ -> exit()));
    session.add(new Command("quit", "quit\tExit the supervisor shell.", false, _ -> exit()));
  }

  private boolean isSure(String question) {
    return !session.isInteractive()
        || session
            .ask(question, false)
            .filter(answer -> answer.strip().toLowerCase(Locale.ROOT).startsWith("y"))
            .isPresent();
  }

  private void shutdown(List<String> arguments) throws RemoteFault, UnreachableException {
    if (!session.takesNone("shutdown", arguments)
        || !isSure("Really shut the remote supervisord process down y/N? ")) {
      return;
    }
    try {
      Object _ = session.server().call("shutdown");
      session.print("Shut down");
    } catch (RemoteFault e) {
      if (e.code() != FaultCode.SHUTDOWN_STATE.code()) {
        throw e;
      }
      session.print("ERROR: already shutting down");
    } catch (UnreachableException e) {
      session.print("ERROR: " + e.getMessage() + " (already shut down?)");
      session.fail(ExitStatus.GENERIC);
    }
  }

  private void reload(List<String> arguments) throws RemoteFault, UnreachableException {
    if (!session.takesNone("reload", arguments)
        || !isSure("Really restart the remote supervisord process y/N? ")) {
      return;
    }
    try {
      Object _ = session.server().call("restart");
      session.print("Restarted supervisord");
    } catch (RemoteFault e) {
      if (e.code() == FaultCode.SHUTDOWN_STATE.code()) {
        session.print("ERROR: already shutting down");
        return;
      }
      session.print("ERROR: " + e.text());
      session.fail(ExitStatus.GENERIC);
    }
  }

  private void open(List<String> arguments) {
    Optional<ServerUrl> url =
        arguments.isEmpty() ? Optional.empty() : ServerUrl.of(arguments.getFirst());
    if (url.isEmpty()) {
      session.print("ERROR: url must be http:// or unix://");
      session.fail(ExitStatus.GENERIC);
      return;
    }
    int before = session.exitStatus();
    session.open(url.get());
    session.run("status");
    session.fail(before); // it was opened, whoever answers there
  }

  private void help(List<String> arguments) {
    if (arguments.isEmpty()) {
      overview();
      return;
    }
    Command command = session.commands().get(arguments.getFirst());
    if (command == null) {
      session.print("*** No help on " + arguments.getFirst());
    } else {
      session.print(command.help());
    }
  }

  private void overview() {
    String title = "default commands (type help <topic>):";
    session.print("\n" + title + "\n" + "=".repeat(title.length()));
    List<String> names =
        session.commands().keySet().stream().filter(name -> !name.equals("help")).toList();
    columns(names).forEach(session::print);
    session.print("");
  }

  private void exit() {
    session.print("");
    session.end();
  }

  /// Names below each other, in as few lines as fit the width.
  private static List<String> columns(List<String> names) {
    for (int rows = 1; ; rows++) {
      List<String> lines = columns(names, rows);
      if (rows >= names.size() || lines.getFirst().length() <= LINE_WIDTH) {
        return lines;
      }
    }
  }

  private static List<String> columns(List<String> names, int rows) {
    List<StringBuilder> lines = new ArrayList<>();
    for (int first = 0; first < names.size(); first += rows) {
      List<String> column = names.subList(first, Math.min(first + rows, names.size()));
      int width = column.stream().mapToInt(String::length).max().orElse(0);
      for (int row = 0; row < column.size(); row++) {
        if (first == 0) {
          lines.add(new StringBuilder());
        }
        String gap = first == 0 ? "" : "  ";
        lines.get(row).append(gap).append(column.get(row));
        lines.get(row).repeat(' ', width - column.get(row).length());
      }
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }
}
