package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.FaultCode;
import bespoke.supervisor.rpc.RemoteFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The commands that only look: status, pid, avail, version.
final class StatusCommands {
  private static final Set<String> STOPPED = Set.of("STOPPED", "EXITED", "FATAL", "UNKNOWN");
  private static final int NAME_WIDTH_MIN = 30;

  private final Session session;

  StatusCommands(Session session) {
    this.session = session;
  }

  void register() {
    session.add(
        new Command(
            "status",
            """
            status <name>\t\tGet status for a single process
            status <gname>:*\tGet status for all processes in a group
            status <name> <name>\tGet status for multiple named processes
            status\t\t\tGet all process status info\
            """,
            true,
            this::status));
    session.add(
        new Command(
            "pid",
            """
            pid\t\t\tGet the PID of supervisord.
            pid <name>\t\tGet the PID of a single child process by name.
            pid all\t\t\tGet the PID of every child process, one per line.\
            """,
            true,
            this::pid));
    session.add(
        new Command("avail", "avail\t\t\tDisplay all configured processes", false, this::avail));
    session.add(
        new Command(
            "version",
            "version\t\t\tShow the version of the remote supervisord process",
            true,
            arguments -> {
              if (session.takesNone("version", arguments)) {
                session.print(String.valueOf(session.server().call("getSupervisorVersion")));
              }
            }));
  }

  private void status(List<String> arguments) throws RemoteFault, UnreachableException {
    List<Map<String, Object>> all = session.server().structs("getAllProcessInfo");
    var shown = new ArrayList<Map<String, Object>>();
    if (arguments.isEmpty() || arguments.contains("all")) {
      shown.addAll(all);
    } else {
      for (String argument : arguments) {
        select(ProcessName.of(argument), argument, all, shown);
      }
    }
    show(shown);
    if (shown.stream().anyMatch(info -> STOPPED.contains(String.valueOf(info.get("statename"))))) {
      session.fail(ExitStatus.STATUS_NOT_RUNNING);
    }
  }

  private void select(
      ProcessName name,
      String argument,
      List<Map<String, Object>> all,
      List<Map<String, Object>> shown) {
    int before = shown.size();
    for (Map<String, Object> info : all) {
      if (name.group().equals(info.get("group"))
          && (name.isWholeGroup() || name.process().equals(info.get("name")))) {
        shown.add(info);
      }
    }
    if (shown.size() == before) {
      session.print(
          name.isWholeGroup()
              ? name.group() + ": ERROR (no such group)"
              : argument + ": ERROR (no such process)");
      session.fail(ExitStatus.STATUS_UNKNOWN);
    }
  }

  private void show(List<Map<String, Object>> infos) {
    int width = NAME_WIDTH_MIN;
    for (Map<String, Object> info : infos) {
      width = Math.max(width, ProcessName.of(info).toString().length());
    }
    for (Map<String, Object> info : infos) {
      session.print(
          padded(ProcessName.of(info).toString(), width + 3)
              + padded(String.valueOf(info.get("statename")), 10)
              + info.get("description"));
    }
  }

  private void pid(List<String> arguments) throws RemoteFault, UnreachableException {
    if (arguments.isEmpty()) {
      session.print(String.valueOf(session.server().call("getPID")));
    } else if (arguments.contains("all")) {
      for (Map<String, Object> info : session.server().structs("getAllProcessInfo")) {
        session.print(String.valueOf(info.get("pid")));
      }
    } else {
      for (String name : arguments) {
        pid(name);
      }
    }
  }

  private void pid(String name) throws RemoteFault, UnreachableException {
    try {
      Object pid = ((Map<?, ?>) session.server().call("getProcessInfo", name)).get("pid");
      session.print(String.valueOf(pid));
      if (Integer.valueOf(0).equals(pid)) {
        session.fail(ExitStatus.NOT_RUNNING);
      }
    } catch (RemoteFault e) {
      if (e.code() != FaultCode.BAD_NAME.code()) {
        throw e;
      }
      session.print("No such process " + name);
      session.fail(ExitStatus.GENERIC);
    }
  }

  private void avail(List<String> arguments) throws RemoteFault, UnreachableException {
    if (!session.takesNone("avail", arguments)) {
      return;
    }
    for (Map<String, Object> info : session.server().structs("getAllConfigInfo")) {
      session.print(
          padded(ProcessName.of(info).toString(), 32)
              + " "
              + padded(Boolean.TRUE.equals(info.get("inuse")) ? "in use" : "avail", 9)
              + " "
              + padded(Boolean.TRUE.equals(info.get("autostart")) ? "auto" : "manual", 9)
              + " "
              + info.get("group_prio")
              + ":"
              + info.get("process_prio"));
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
