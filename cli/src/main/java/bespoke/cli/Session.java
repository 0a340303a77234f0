package bespoke.cli;

import bespoke.api.NoteRecord;
import bespoke.api.OperandMatcher;
import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.Connection;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.EarlyConnection;
import bespoke.cli.client.Replies;
import java.util.ArrayList;
import java.util.List;

/// One run of a command: its console, its root and its connection.
final class Session {

  private final String command;
  private final Console console;
  private final Root root;
  private final EarlyConnection early;

  Session(String command, Console console, Root root, EarlyConnection early) {
    this.command = command;
    this.console = console;
    this.root = root;
    this.early = early;
  }

  String command() {
    return command;
  }

  Console console() {
    return console;
  }

  Root root() {
    return root;
  }

  /// The connection, when it is there.
  Connection connection() throws DaemonUnreachableException {
    return early.await();
  }

  /// Sends a request; notes are printed, other lines handed on.
  Outcome call(Request request, Replies replies) throws DaemonUnreachableException {
    return connection().call(request, new NotePrinter(this, replies));
  }

  /// Sends a request and collects the lines of one kind.
  Answer collect(Request request, String kind) throws DaemonUnreachableException {
    Collector collector = new Collector(kind, new ArrayList<>());
    return new Answer(collector.lines, call(request, collector));
  }

  /// Prints text as it is.
  void print(CharSequence text) {
    console.out().print(text);
  }

  /// A line on standard error, after the name of the command.
  void error(String message) {
    console.out().flush();
    console.err().print(command + ": " + message + "\n");
  }

  /// A failure of a script on standard error, with its place: `svccfg (FILE, line 3): …`.
  void failure(String place, String message) {
    console.out().flush();
    String where = place.isEmpty() ? "" : " (" + place + ")";
    console.err().print(command + where + ": " + message + "\n");
  }

  /// Prints the messages of an outcome and those for unmatched operands; returns the exit status.
  int finish(Outcome outcome, String what) {
    for (String operand : outcome.unmatched()) {
      error(noMatch(operand, what));
    }
    for (String message : outcome.messages()) {
      error(message);
    }
    if (outcome.status() == 0 && !(outcome.error().isEmpty() && outcome.unmatched().isEmpty())) {
      return ExitStatus.FAILED;
    }
    return outcome.status();
  }

  /// As [#finish(Outcome, String)], for operands that mean instances.
  int finish(Outcome outcome) {
    return finish(outcome, "instances");
  }

  /// The message for an operand that matches nothing (smf.md 1.3).
  static String noMatch(String operand, String what) {
    return operand.length() > OperandMatcher.OPERAND_LENGTH_MAX
        ? "Argument '" + operand + "' is too long, ignoring"
        : "Pattern '" + operand + "' doesn't match any " + what;
  }

  /// The lines of one kind and how the request ended.
  record Answer(List<JsonObject> lines, Outcome outcome) {}

  private record Collector(String kind, List<JsonObject> lines) implements Replies {
    @Override
    public void line(String lineKind, JsonObject fields) {
      if (lineKind.equals(kind)) {
        lines.add(fields);
      }
    }
  }

  private record NotePrinter(Session session, Replies next) implements Replies {
    @Override
    public void line(String kind, JsonObject fields) {
      if (!kind.equals("note")) {
        next.line(kind, fields);
        return;
      }
      NoteRecord note = NoteRecord.from(fields);
      if (note.warning()) {
        session.error(note.text());
      } else {
        session.console.out().print(note.text() + "\n");
      }
    }

    @Override
    public void table(byte[] text) {
      next.table(text);
    }
  }
}
