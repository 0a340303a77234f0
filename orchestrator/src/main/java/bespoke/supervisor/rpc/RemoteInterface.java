package bespoke.supervisor.rpc;

import bespoke.supervisor.server.Loop;
import bespoke.supervisor.server.Supervision;
import java.util.function.Supplier;

/// Puts the table of all methods together.
public final class RemoteInterface {
  private RemoteInterface() {}

  /// @param supervision the current one; asked on the loop
  /// @param withSupervisor whether the namespace `supervisor` is there, not only `system`
  public static MethodTable of(
      Loop loop, Supplier<Supervision> supervision, String version, boolean withSupervisor) {
    var table = new MethodTable();
    if (withSupervisor) {
      var onLoop = new OnLoop(loop, supervision);
      new ServerMethods(onLoop, version).register(table);
      new GroupMethods(onLoop).register(table);
      new ProcessMethods(onLoop).register(table);
      new LogMethods(onLoop).register(table);
    }
    new SystemMethods(table).register();
    return table;
  }
}
