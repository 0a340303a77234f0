package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.RemoteFault;
import java.util.List;

/// One command of the client.
///
/// @param help what `help NAME` prints
/// @param checksServer whether the server is asked for its version first
record Command(String name, String help, boolean checksServer, Body body) {
  /// What a command does.
  @FunctionalInterface
  interface Body {
    void run(List<String> arguments) throws RemoteFault, UnreachableException;
  }
}
