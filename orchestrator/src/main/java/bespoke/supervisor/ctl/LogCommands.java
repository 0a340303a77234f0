package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.RemoteFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The commands that show logs: tail, maintail, fg.
final class LogCommands {
  private static final int TAIL_BYTES = 1600;
  static final String BANNER = "==> Press Ctrl-C to exit <==";

  private final Session session;

  LogCommands(Session session) {
    this.session = session;
  }

  void register() {
    session.add(
        new Command(
            "tail",
            """
            tail [-f] <name> [stdout|stderr] (default stdout)
            Ex:
            tail -f <name>\t\tContinuous tail of named process stdout
            \t\t\tCtrl-C to exit.
            tail -100 <name>\tlast 100 *bytes* of process stdout
            tail <name> stderr\tlast 1600 *bytes* of process stderr\
            """,
            true,
            this::tail));
    session.add(
        new Command(
            "maintail",
            """
            maintail -f \tContinuous tail of supervisor main log file (Ctrl-C to exit)
            maintail -100\tlast 100 *bytes* of supervisord main log file
            maintail\tlast 1600 *bytes* of supervisor main log file
            """,
            true,
            this::mainTail));
    session.add(
        new Command(
            "fg",
            "fg <process>\tConnect to a process in foreground mode\n\t\tCtrl-C to exit",
            true,
            arguments -> new Foreground(session).run(arguments)));
  }

  private void refuse(String command, String problem) {
    refuse(problem);
    session.print(session.helpOf(command));
  }

  private void refuse(String problem) {
    session.print("Error: " + problem);
    session.fail(ExitStatus.GENERIC);
  }

  private void tail(List<String> arguments) throws RemoteFault, UnreachableException {
    var words = new ArrayList<>(arguments);
    if (words.isEmpty()) {
      refuse("tail", "too few arguments");
      return;
    }
    String modifier = words.getFirst().startsWith("-") ? words.removeFirst() : "";
    if (words.isEmpty()) {
      refuse("tail", "tail requires process name");
      return;
    }
    String name = words.getFirst();
    String channel = words.size() > 1 ? words.getLast() : "stdout";
    if (!channel.equals("stdout") && !channel.equals("stderr")) {
      refuse("bad channel '" + channel + "'");
      return;
    }
    if (modifier.equals("-f")) {
      session.print(BANNER);
      follow("/logtail/" + name + "/" + channel);
    } else if (modifier.isEmpty() || modifier.matches("-\\d{1,9}")) {
      int bytes = modifier.isEmpty() ? TAIL_BYTES : Integer.parseInt(modifier.substring(1));
      String method = channel.equals("stdout") ? "readProcessStdoutLog" : "readProcessStderrLog";
      show(name, method, name, -bytes, 0);
    } else {
      refuse("bad argument " + modifier);
    }
  }

  private void show(String name, String method, Object... parameters)
      throws RemoteFault, UnreachableException {
    try {
      session.print(String.valueOf(session.server().call(method, parameters)));
    } catch (RemoteFault e) {
      String words =
          switch (e.code()) {
            case 20 -> "no log file";
            case 30 -> "unknown error reading log";
            case 10 -> "no such process name";
            default -> throw e;
          };
      session.print(name + ": ERROR (" + words + ")");
      session.fail(ExitStatus.GENERIC);
    }
  }

  private void mainTail(List<String> arguments) throws RemoteFault, UnreachableException {
    if (arguments.size() > 1) {
      refuse("maintail", "too many arguments");
      return;
    }
    String modifier = arguments.isEmpty() ? "-" + TAIL_BYTES : arguments.getFirst();
    if (modifier.equals("-f")) {
      session.print(BANNER);
      follow("/mainlogtail");
    } else if (modifier.matches("-\\d{1,9}")) {
      show("supervisord", "readLog", Integer.parseInt(modifier), 0);
    } else {
      refuse("bad argument " + modifier);
    }
  }

  /// Shows a log that grows, until Ctrl-C or the end of the server.
  private void follow(String path) throws UnreachableException {
    try (HttpClient.Answer answer = session.server().follow(path);
        var _ = InterruptKey.does(answer::end)) {
      answer.copyTo(session.out());
    } catch (IOException _) {
      // the server or the person has had enough
    }
  }
}
