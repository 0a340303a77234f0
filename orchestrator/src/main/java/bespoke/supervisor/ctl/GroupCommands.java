package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.FaultCode;
import bespoke.supervisor.rpc.RemoteFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The commands that bring a changed configuration into effect: reread, add, remove, update.
final class GroupCommands {
  private final Session session;

  GroupCommands(Session session) {
    this.session = session;
  }

  /// The names of groups that a newly read configuration adds, changes and removes.
  private record Difference(List<String> added, List<String> changed, List<String> removed) {}

  void register() {
    session.add(
        new Command(
            "reread",
            "reread \t\t\tReload the daemon's configuration files without add/remove",
            false,
            this::reread));
    session.add(
        new Command(
            "add",
            "add <name> [...]\tActivates any updates in config for process/group",
            false,
            this::add));
    session.add(
        new Command(
            "remove",
            "remove <name> [...]\tRemoves process/group from active config",
            false,
            this::remove));
    session.add(
        new Command(
            "update",
            """
            update\t\t\tReload config and add/remove as necessary, and will restart affected programs
            update all\t\tReload config and add/remove as necessary, and will restart affected programs
            update <gname> [...]\tUpdate specific groups\
            """,
            false,
            this::update));
  }

  private Difference difference() throws RemoteFault, UnreachableException {
    List<?> lists = (List<?>) ((List<?>) session.server().call("reloadConfig")).getFirst();
    return new Difference(names(lists.get(0)), names(lists.get(1)), names(lists.get(2)));
  }

  private static List<String> names(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private void reread(List<String> arguments) throws RemoteFault, UnreachableException {
    if (!session.takesNone("reread", arguments)) {
      return;
    }
    Difference difference;
    try {
      difference = difference();
    } catch (RemoteFault e) {
      refused(e);
      return;
    }
    var lines = new ArrayList<String>();
    difference.added().forEach(name -> lines.add(name + ": available"));
    difference.changed().forEach(name -> lines.add(name + ": changed"));
    difference.removed().forEach(name -> lines.add(name + ": disappeared"));
    lines.sort(null);
    lines.forEach(session::print);
    if (lines.isEmpty()) {
      session.print("No config updates to processes");
    }
  }

  private void refused(RemoteFault e) throws RemoteFault {
    if (e.code() == FaultCode.SHUTDOWN_STATE.code()) {
      session.print("ERROR: supervisor shutting down");
    } else if (e.code() == FaultCode.CANT_REREAD.code()) {
      session.print("ERROR: " + e.text());
    } else {
      throw e;
    }
    session.fail(ExitStatus.GENERIC);
  }

  private void add(List<String> names) throws RemoteFault, UnreachableException {
    for (String name : names) {
      try {
        Object _ = session.server().call("addProcessGroup", name);
        session.print(name + ": added process group");
      } catch (RemoteFault e) {
        if (e.code() == FaultCode.ALREADY_ADDED.code()) {
          session.print("ERROR: process group already active");
        } else {
          refusedGroup(e, name);
        }
      }
    }
  }

  private void remove(List<String> names) throws RemoteFault, UnreachableException {
    for (String name : names) {
      try {
        Object _ = session.server().call("removeProcessGroup", name);
        session.print(name + ": removed process group");
      } catch (RemoteFault e) {
        if (e.code() == FaultCode.STILL_RUNNING.code()) {
          session.print("ERROR: process/group still running: " + name);
          session.fail(ExitStatus.GENERIC);
        } else {
          refusedGroup(e, name);
        }
      }
    }
  }

  private void refusedGroup(RemoteFault e, String name) throws RemoteFault {
    if (e.code() == FaultCode.SHUTDOWN_STATE.code()) {
      session.print("ERROR: shutting down");
    } else if (e.code() == FaultCode.BAD_NAME.code()) {
      session.print("ERROR: no such process/group: " + name);
    } else {
      throw e;
    }
    session.fail(ExitStatus.GENERIC);
  }

  private void update(List<String> arguments) throws RemoteFault, UnreachableException {
    Difference difference;
    try {
      difference = difference();
    } catch (RemoteFault e) {
      refused(e);
      return;
    }
    List<String> wanted = arguments.contains("all") ? List.of() : arguments;
    reportUnknown(wanted, difference);
    for (String name : chosen(difference.removed(), wanted)) {
      stopped(name);
      Object _ = session.server().call("removeProcessGroup", name);
      session.print(name + ": removed process group");
    }
    for (String name : chosen(difference.changed(), wanted)) {
      change(name);
    }
    for (String name : chosen(difference.added(), wanted)) {
      Object _ = session.server().call("addProcessGroup", name);
      session.print(name + ": added process group");
    }
  }

  /// Changes a group: only the processes concerned, where the server can do that.
  private void change(String name) throws RemoteFault, UnreachableException {
    try {
      List<Map<String, Object>> touched = session.server().structs("updateProcessGroup", name);
      if (!touched.isEmpty()) {
        session.print(name + ": stopped");
      }
    } catch (RemoteFault e) {
      if (e.code() != FaultCode.UNKNOWN_METHOD.code()) {
        throw e;
      }
      stopped(name);
      Object _ = session.server().call("removeProcessGroup", name);
      Object _ = session.server().call("addProcessGroup", name);
    }
    session.print(name + ": updated process group");
  }

  private void stopped(String name) throws RemoteFault, UnreachableException {
    Object _ = session.server().call("stopProcessGroup", name);
    session.print(name + ": stopped");
  }

  private static List<String> chosen(List<String> names, List<String> wanted) {
    return names.stream().filter(name -> wanted.isEmpty() || wanted.contains(name)).toList();
  }

  private void reportUnknown(List<String> wanted, Difference difference)
      throws RemoteFault, UnreachableException {
    if (wanted.isEmpty()) {
      return;
    }
    var known = new ArrayList<String>();
    known.addAll(difference.added());
    known.addAll(difference.removed());
    session
        .server()
        .structs("getAllProcessInfo")
        .forEach(info -> known.add(String.valueOf(info.get("group"))));
    for (String name : wanted) {
      if (!known.contains(name)) {
        session.print("ERROR: no such group: " + name);
        session.fail(ExitStatus.GENERIC);
      }
    }
  }
}
