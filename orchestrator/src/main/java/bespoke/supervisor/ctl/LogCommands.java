package bespoke.supervisor.ctl;

import bespoke.os.SignalHandling;
import bespoke.supervisor.rpc.FaultCode;
import bespoke.supervisor.rpc.RemoteFault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The commands that show logs: tail, maintail, fg.
final class LogCommands {
  private static final int TAIL_BYTES = 1600;
  private static final String BANNER = "==> Press Ctrl-C to exit <==";

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
            this::foreground));
  }

  private void refuse(String command, String problem) {
    session.print("Error: " + problem);
    session.print(session.helpOf(command));
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
    if (words.size() > 2) {
      refuse("tail", "too many arguments");
      return;
    }
    String name = words.getFirst();
    String channel = words.size() > 1 ? words.get(1) : "stdout";
    if (!channel.equals("stdout") && !channel.equals("stderr")) {
      refuse("tail", "bad channel '" + channel + "'");
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
      refuse("tail", "bad argument " + modifier);
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
      refuse("maintail", "bad argument " + modifier);
    }
  }

  private void follow(String path) throws UnreachableException {
    try (HttpClient.Answer answer = session.server().follow(path)) {
      boolean _ = SignalHandling.handle("INT", () -> close(answer));
      copy(answer.body());
    } catch (IOException _) {
      // the server or the person has had enough
    } finally {
      boolean _ = SignalHandling.handle("INT", () -> Runtime.getRuntime().halt(130));
    }
  }

  private static void close(HttpClient.Answer answer) {
    try {
      answer.close();
    } catch (IOException _) {
      // it is closed already
    }
  }

  private void copy(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      session.out().write(buffer, 0, count);
      session.out().flush();
    }
  }

  private void foreground(List<String> arguments) throws RemoteFault, UnreachableException {
    if (arguments.size() != 1) {
      session.print(
          arguments.isEmpty()
              ? "ERROR: no process name supplied"
              : "ERROR: too many process names supplied");
      session.fail(ExitStatus.GENERIC);
      return;
    }
    String name = arguments.getFirst();
    if (!isRunning(name)) {
      return;
    }
    session.print(BANNER);
    try (HttpClient.Answer stdout = session.server().follow("/logtail/" + name + "/stdout")) {
      Thread _ = Thread.startVirtualThread(() -> copyUntilClosed(stdout));
      boolean _ = SignalHandling.handle("INT", () -> Runtime.getRuntime().halt(0));
      Optional<String> line = session.ask("", false);
      while (line.isPresent()) {
        Object _ = session.server().call("sendProcessStdin", name, line.get() + "\n");
        line = isRunning(name) ? session.ask("", false) : Optional.empty();
      }
    } catch (RemoteFault e) {
      session.print(
          e.code() == FaultCode.NOT_RUNNING.code() ? "Process got killed" : "ERROR: " + e.text());
      session.fail(ExitStatus.GENERIC);
    } catch (IOException _) {
      // the server has gone: nothing more to show
    }
    session.print("Exiting foreground");
  }

  private void copyUntilClosed(HttpClient.Answer answer) {
    try {
      copy(answer.body());
    } catch (IOException _) {
      // closed at the end of the foreground
    }
  }

  private boolean isRunning(String name) throws RemoteFault, UnreachableException {
    try {
      Map<?, ?> info = (Map<?, ?>) session.server().call("getProcessInfo", name);
      if (String.valueOf(info.get("statename")).equals("RUNNING")) {
        return true;
      }
      session.print("ERROR: process not running");
    } catch (RemoteFault e) {
      if (e.code() != FaultCode.BAD_NAME.code()) {
        throw e;
      }
      session.print("ERROR: bad process name supplied");
    }
    session.fail(ExitStatus.GENERIC);
    return false;
  }
}
