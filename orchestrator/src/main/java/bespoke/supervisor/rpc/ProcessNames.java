package bespoke.supervisor.rpc;

import bespoke.supervisor.server.ManagedGroup;
import bespoke.supervisor.server.ManagedProcess;
import bespoke.supervisor.server.Supervision;

/// Finds what a name means: `process` where group and process are called alike, `group:process`,
/// `group:*` or `group:`.
final class ProcessNames {
  private ProcessNames() {}

  /// Whether the name means all processes of a group.
  static boolean isWholeGroup(String name) {
    return name.endsWith(":*") || name.endsWith(":");
  }

  /// The part before the colon; the whole name if there is none.
  static String groupOf(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  static ManagedGroup group(Supervision supervision, String name) throws Fault {
    return supervision.group(name).orElseThrow(() -> new Fault(FaultCode.BAD_NAME, name));
  }

  /// The one process with this name.
  static ManagedProcess process(Supervision supervision, String name) throws Fault {
    int colon = name.indexOf(':');
    String process = colon < 0 ? name : name.substring(colon + 1);
    return supervision
        .group(groupOf(name))
        .flatMap(group -> group.process(process))
        .orElseThrow(() -> new Fault(FaultCode.BAD_NAME, name));
  }
}
