package bespoke.cli.shell;

import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import java.util.List;
import java.util.Map;

/// What the shell needs of the command it runs in.
public interface ShellTerminal {

  /// Prints on standard output.
  void print(CharSequence text);

  /// A line on standard error.
  void warn(String message);

  /// Asks the daemon.
  Outcome call(Request request, Replies replies) throws DaemonUnreachableException;

  /// Asks the daemon for the lines of one kind; what went wrong is added to the messages.
  List<JsonObject> collect(Request request, String kind, List<String> messages)
      throws DaemonUnreachableException;

  /// As of environ(7).
  Map<String, String> environment();
}
