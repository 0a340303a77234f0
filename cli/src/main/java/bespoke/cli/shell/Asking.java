package bespoke.cli.shell;

import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.List;

/// Asks the daemon and turns its refusals into failures of the subcommand.
final class Asking {

  private final ShellTerminal terminal;

  Asking(ShellTerminal terminal) {
    this.terminal = terminal;
  }

  ShellTerminal terminal() {
    return terminal;
  }

  /// The lines of one kind.
  ///
  /// @throws ShellException if the daemon refuses
  List<JsonObject> lines(Request request, String kind)
      throws ShellException, DaemonUnreachableException {
    List<String> messages = new ArrayList<>();
    List<JsonObject> lines = terminal.collect(request, kind, messages);
    if (!messages.isEmpty()) {
      throw new ShellException(String.join("\n", messages));
    }
    return lines;
  }

  /// Sends a request that is answered by its outcome alone.
  ///
  /// @throws ShellException if the daemon refuses
  void send(Request request) throws ShellException, DaemonUnreachableException {
    lines(request, "none");
  }
}
