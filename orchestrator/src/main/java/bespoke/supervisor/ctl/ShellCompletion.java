package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.RemoteFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// What could stand at a place in a line of the shell. The server is asked for names each time,
/// since they change; a server that does not answer has none.
final class ShellCompletion {
  private static final List<String> SIGNALS =
      List.of("HUP", "INT", "QUIT", "KILL", "USR1", "USR2", "TERM", "CONT", "STOP");

  private final Session session;

  ShellCompletion(Session session) {
    this.session = session;
  }

  /// @param before the words before the place
  /// @param word what is typed already; it does not matter
  List<String> candidates(List<String> before, String word) {
    if (before.isEmpty()) {
      return List.copyOf(session.commands().keySet());
    }
    boolean isFirst = before.size() == 1;
    return switch (before.getFirst()) {
      case "help", "?" -> isFirst ? List.copyOf(session.commands().keySet()) : List.of();
      case "signal" -> isFirst ? SIGNALS : names(true, true, "all");
      case "start", "stop", "restart" -> names(true, true, "all");
      case "status" -> names(true, true);
      case "pid", "clear" -> names(true, false, "all");
      case "tail", "fg" -> names(true, false);
      case "add", "remove", "update" -> names(false, false);
      default -> List.of();
    };
  }

  /// @param processes whether processes are meant, not groups
  /// @param wholeGroups whether `GROUP:*` is, too
  private List<String> names(boolean processes, boolean wholeGroups, String... others) {
    SortedSet<String> names = new TreeSet<>();
    try {
      for (Map<String, Object> info : session.server().structs("getAllProcessInfo")) {
        ProcessName process = ProcessName.of(info);
        names.add(processes ? process.toString() : process.group());
        if (wholeGroups && !process.group().equals(process.process())) {
          names.add(process.group() + ":*");
        }
      }
    } catch (RemoteFault | UnreachableException _) {
      return List.of(others); // the command itself will say why
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(List.of(others));
    return all;
  }
}
