package bespoke.cli.shell;

import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import bespoke.cli.render.ForeseenPlan;
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

  /// Sends a request that changes something, after asking where that is due.
  Outcome change(Request request, Replies replies) throws DaemonUnreachableException;

  /// Prints what a request would do.
  ///
  /// @param others the lines of the answer that are not about the plan
  /// @param before done before the plan is printed
  /// @return 0 if nothing, 1 if something, 2 if it cannot be done
  int plan(Request request, Replies others, Runnable before) throws DaemonUnreachableException;

  /// What a request would do.
  ///
  /// @param outcome that the request would have
  record Foreseen(Outcome outcome, ForeseenPlan plan) {}

  /// Asks what a request would do, and prints nothing.
  ///
  /// @param others gets the lines of the answer that are not about the plan
  Foreseen foresee(Request request, Replies others) throws DaemonUnreachableException;

  /// Asks the daemon for the lines of one kind; what went wrong is added to the messages.
  List<JsonObject> collect(Request request, String kind, List<String> messages)
      throws DaemonUnreachableException;

  /// What an outcome complains about, for a person; empty if all went well.
  List<String> complaints(Outcome outcome);

  /// Whether one JSON document is wanted instead of text.
  boolean wantsJson();

  /// Whether a person types, who can be asked.
  boolean isInteractive();

  /// Asks the person; an empty line and the end of the input are no.
  boolean confirms(String question);

  /// A line that the next one replaces, on a terminal; elsewhere an ordinary line.
  void progress(String line);

  /// A time as listings show it.
  String time(long epochMillis);

  /// As of environ(7).
  Map<String, String> environment();
}
