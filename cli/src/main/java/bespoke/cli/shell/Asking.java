package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import java.util.ArrayList;
import java.util.List;

/// Asks the daemon and turns its refusals into failures of the subcommand.
final class Asking {

  private final ShellTerminal terminal;
  private final boolean gathers;
  private final PendingEdits pending = new PendingEdits();
  private int line;
  private int changes;
  private boolean planning;
  private int planStatus;

  /// @param gathers whether edits may wait for those that follow: nobody looks at each answer
  Asking(ShellTerminal terminal, boolean gathers) {
    this.terminal = terminal;
    this.gathers = gathers;
  }

  ShellTerminal terminal() {
    return terminal;
  }

  /// Whether edits wait for those that follow.
  boolean gathers() {
    return gathers;
  }

  /// Which line of a script is being executed.
  void line(int number) {
    line = number;
  }

  /// A number that is another one after anything may have changed which entities there are.
  int changes() {
    return changes;
  }

  /// The lines of one kind.
  ///
  /// @throws ShellException if the daemon refuses
  List<JsonObject> lines(Request request, String kind)
      throws ShellException, DaemonUnreachableException {
    before(request);
    List<String> messages = new ArrayList<>();
    List<JsonObject> lines = terminal.collect(request, kind, messages);
    if (!messages.isEmpty()) {
      throw new ShellException(String.join("\n", messages));
    }
    return lines;
  }

  /// Hands all lines of the answer on.
  Outcome call(Request request, Replies replies) throws ShellException, DaemonUnreachableException {
    before(request);
    return terminal.call(request, replies);
  }

  /// Sends a request that changes something, after asking where that is due, and hands all lines of
  /// the answer on.
  Outcome change(Request request, Replies replies)
      throws ShellException, DaemonUnreachableException {
    before(request);
    return terminal.change(request, replies);
  }

  /// Plans instead of changing, from now on or no longer.
  void planning(boolean now) {
    planning = now;
  }

  /// Whether changes are only planned.
  boolean isPlanning() {
    return planning;
  }

  /// The greatest status of the plans so far: 0 nothing, 1 changes, 2 an error.
  int planStatus() {
    return planStatus;
  }

  /// Prints what a request would do.
  ///
  /// @param others the lines of the answer that are not about the plan
  /// @param before done before the plan is printed
  /// @return 0 if nothing, 1 if something, 2 if it cannot be done
  int plan(Request request, Replies others, Runnable before)
      throws ShellException, DaemonUnreachableException {
    before(request);
    int status = terminal.plan(request, others, before);
    planStatus = Math.max(planStatus, status);
    return status;
  }

  /// Sends a request that changes something and is answered by its outcome alone.
  ///
  /// @throws ShellException if the daemon refuses
  void send(Request request) throws ShellException, DaemonUnreachableException {
    if (planning) {
      plan(request, (kind, fields) -> {}, () -> {});
      return;
    }
    List<String> messages = terminal.complaints(change(request, (kind, fields) -> {}));
    if (!messages.isEmpty()) {
      throw new ShellException(String.join("\n", messages));
    }
  }

  /// Changes properties; in a script perhaps a little later, but before anything else is asked.
  ///
  /// @throws ShellException if the daemon refuses it, or one of those that waited
  void edit(ConfigurationRequest.Edit edit) throws ShellException, DaemonUnreachableException {
    if (!gathers || planning) {
      send(edit);
      return;
    }
    if (!pending.hasRoomFor(edit)) {
      flush();
    }
    pending.add(edit, line);
  }

  /// Sends the edits that wait.
  void flush() throws ShellException, DaemonUnreachableException {
    if (!pending.isEmpty()) {
      pending.send(terminal);
    }
  }

  /// What edits of properties have no influence on need not wait for them.
  private void before(Request request) throws ShellException, DaemonUnreachableException {
    boolean lists =
        request instanceof InstanceRequest.ListInstances
            || request instanceof ConfigurationRequest.ListNames;
    if (!lists) {
      flush();
      changes++;
    }
  }
}
