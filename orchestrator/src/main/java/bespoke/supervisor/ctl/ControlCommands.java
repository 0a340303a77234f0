package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.FaultCode;
import bespoke.supervisor.rpc.RemoteFault;
import java.util.List;
import java.util.Map;

/// The commands that start, stop, restart and signal processes, and clear their logs.
final class ControlCommands {
  private final Session session;

  ControlCommands(Session session) {
    this.session = session;
  }

  /// The words for one kind of call and its results.
  private enum Deed {
    START("start", "started"),
    STOP("stop", "stopped"),
    SIGNAL("signal", "signalled"),
    CLEAR("clear", "cleared");

    private final String verb;
    private final String done;

    Deed(String verb, String done) {
      this.verb = verb;
      this.done = done;
    }
  }

  void register() {
    add(Deed.START, "Start", this::start);
    add(Deed.STOP, "Stop", this::stop);
    session.add(
        new Command(
            "restart",
            usage("restart", "", "Restart").replace("*\t\t", "*\t")
                + "\n"
                + "restart --rolling <gname>:*\tRestart one process after another; stop at a"
                + " failure\n"
                + "Note: restart does not reread config files. For that, see reread and update.",
            true,
            arguments -> {
              if (arguments.size() > 1 && arguments.getFirst().equals("--rolling")) {
                roll(arguments.subList(1, arguments.size()));
              } else if (hasNames("restart", arguments, ExitStatus.GENERIC)) {
                stop(arguments);
                start(arguments);
              }
            }));
    session.add(
        new Command("signal", usage("signal", " <signal name>", "Signal"), true, this::signal));
    session.add(
        new Command(
            "clear",
            """
            clear <name>\t\tClear a process' log files.
            clear <name> <name>\tClear multiple process' log files
            clear all\t\tClear all process' log files\
            """,
            true,
            this::clear));
  }

  private void add(Deed deed, String word, Command.Body body) {
    session.add(
        new Command(
            deed.verb,
            usage(deed.verb, "", word),
            true,
            arguments -> {
              int refused = deed == Deed.START ? ExitStatus.INVALID_ARGUMENTS : ExitStatus.GENERIC;
              if (hasNames(deed.verb, arguments, refused)) {
                body.run(arguments);
              }
            }));
  }

  private static String usage(String verb, String parameter, String word) {
    String head = verb + parameter;
    return head
        + " <name>\t\t"
        + word
        + " a process\n"
        + head
        + " <gname>:*\t\t"
        + word
        + " all processes in a group\n"
        + head
        + " <name> <name>\t"
        + word
        + " multiple processes or groups\n"
        + head
        + " all\t\t"
        + word
        + " all processes";
  }

  private boolean hasNames(String verb, List<String> arguments, int refused) {
    if (!arguments.isEmpty()) {
      return true;
    }
    session.print("Error: " + verb + " requires a process name");
    session.print(session.helpOf(verb));
    session.fail(refused);
    return false;
  }

  private void start(List<String> names) throws RemoteFault, UnreachableException {
    if (names.contains("all")) {
      report(Deed.START, session.server().structs("startAllProcesses"));
      return;
    }
    for (String name : names) {
      act(Deed.START, name);
    }
  }

  private void stop(List<String> names) throws RemoteFault, UnreachableException {
    if (names.contains("all")) {
      report(Deed.STOP, session.server().structs("stopAllProcesses"));
      return;
    }
    for (String name : names) {
      act(Deed.STOP, name);
    }
  }

  /// Restarts the processes of groups one after another; each must run before the next is touched.
  private void roll(List<String> names) throws RemoteFault, UnreachableException {
    for (Map<String, Object> info : session.server().structs("getAllProcessInfo")) {
      ProcessName process = ProcessName.of(info);
      boolean wanted =
          names.stream()
              .map(ProcessName::of)
              .anyMatch(name ->
                  name.group().equals(process.group())
                      && (name.isWholeGroup() || name.process().equals(process.process())));
      if (wanted) {
        act(Deed.STOP, process.toString());
        act(Deed.START, process.toString());
        if (session.exitStatus() != 0) {
          session.print("stopped rolling at " + process);
          return;
        }
      }
    }
  }

  private void signal(List<String> arguments) throws RemoteFault, UnreachableException {
    if (arguments.size() < 2) {
      session.print("Error: signal requires a signal name and a process name");
      session.print(session.helpOf("signal"));
      session.fail(ExitStatus.GENERIC);
      return;
    }
    String signal = arguments.getFirst();
    List<String> names = arguments.subList(1, arguments.size());
    if (names.contains("all")) {
      report(Deed.SIGNAL, session.server().structs("signalAllProcesses", signal));
      return;
    }
    for (String name : names) {
      act(Deed.SIGNAL, name, signal);
    }
  }

  private void clear(List<String> names) throws RemoteFault, UnreachableException {
    if (!hasNames("clear", names, ExitStatus.GENERIC)) {
      return;
    }
    if (names.contains("all")) {
      report(Deed.CLEAR, session.server().structs("clearAllProcessLogs"));
      return;
    }
    for (String name : names) {
      act(Deed.CLEAR, name);
    }
  }

  private void act(Deed deed, String text, Object... more)
      throws RemoteFault, UnreachableException {
    ProcessName name = ProcessName.of(text);
    boolean group = name.isWholeGroup() && deed != Deed.CLEAR;
    try {
      if (group) {
        report(deed, session.server().structs(method(deed) + "Group", with(name.group(), more)));
      } else {
        Object _ =
            session
                .server()
                .call(deed == Deed.CLEAR ? "clearProcessLogs" : method(deed), with(text, more));
        report(deed, name.toString(), FaultCode.SUCCESS.code(), "");
      }
    } catch (RemoteFault e) {
      if (group && e.code() == FaultCode.BAD_NAME.code()) {
        session.print(name.group() + ": ERROR (no such group)");
        session.fail(deed == Deed.START ? ExitStatus.INVALID_ARGUMENTS : ExitStatus.GENERIC);
      } else {
        report(deed, name.toString(), e.code(), e.text());
      }
    }
  }

  private static String method(Deed deed) {
    return deed.verb + "Process";
  }

  private static Object[] with(String name, Object... more) {
    Object[] all = new Object[more.length + 1];
    all[0] = name;
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }

  private void report(Deed deed, List<Map<String, Object>> results) {
    for (Map<String, Object> result : results) {
      report(
          deed,
          ProcessName.of(result).toString(),
          result.get("status") instanceof Integer code ? code : 0,
          String.valueOf(result.get("description")));
    }
  }

  private void report(Deed deed, String name, int code, String text) {
    if (code == FaultCode.SUCCESS.code()) {
      session.print(name + ": " + deed.done);
      return;
    }
    for (FaultCode fault : FaultCode.values()) {
      if (fault.code() == code) {
        session.print(name + ": ERROR (" + words(fault, text) + ")");
        exitStatus(deed, fault);
        return;
      }
    }
    session.print(name + ": ERROR (" + text + ")");
    session.fail(ExitStatus.GENERIC);
  }

  private static String words(FaultCode fault, String text) {
    return switch (fault) {
      case BAD_NAME -> "no such process";
      case BAD_SIGNAL -> "bad signal name";
      case NO_FILE -> "no such file";
      case NOT_EXECUTABLE -> "file is not executable";
      case FAILED -> "failed";
      case ABNORMAL_TERMINATION -> "abnormal termination";
      case SPAWN_ERROR -> text.contains(": waits for ") ? detail(text) : "spawn error";
      case ALREADY_STARTED -> "already started";
      case NOT_RUNNING -> "not running";
      case SHUTDOWN_STATE -> "supervisor shutting down";
      case UNKNOWN_METHOD,
          INCORRECT_PARAMETERS,
          BAD_ARGUMENTS,
          SIGNATURE_UNSUPPORTED,
          SUCCESS,
          ALREADY_ADDED,
          STILL_RUNNING,
          CANT_REREAD ->
          text;
    };
  }

  private static String detail(String text) {
    return text.substring(text.indexOf(": ") + 2);
  }

  private void exitStatus(Deed deed, FaultCode fault) {
    switch (fault) {
      case ALREADY_STARTED -> {
        // what was wanted is so
      }
      case NOT_RUNNING -> {
        if (deed == Deed.SIGNAL) {
          session.fail(ExitStatus.NOT_RUNNING);
        }
      }
      case SPAWN_ERROR, ABNORMAL_TERMINATION -> session.fail(ExitStatus.NOT_RUNNING);
      case UNKNOWN_METHOD,
          INCORRECT_PARAMETERS,
          BAD_ARGUMENTS,
          SIGNATURE_UNSUPPORTED,
          SUCCESS,
          ALREADY_ADDED,
          STILL_RUNNING,
          CANT_REREAD,
          BAD_NAME,
          BAD_SIGNAL,
          NO_FILE,
          NOT_EXECUTABLE,
          FAILED,
          SHUTDOWN_STATE ->
          session.fail(ExitStatus.GENERIC);
    }
  }
}
