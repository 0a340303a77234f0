package bespoke.cli.shell;

import bespoke.api.ChangeRecord;
import bespoke.api.ChangeStepRecord;
import bespoke.api.MemberRecord;
import bespoke.api.Outcome;
import bespoke.api.ProblemRecord;
import bespoke.api.SourceText;
import bespoke.api.TransactionRequest;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.List;

/// Changes of many services at once: import, show, revert, and the list of them.
final class ChangeSubcommands implements Subcommands {
  private static final int STATUS_CHANGES = 1;
  private static final int STATUS_ERROR = 2;
  private static final String IMPORT =
      "change import [-n] [-y] [--json] [--patience seconds] [-m comment] file|directory...";
  private static final String SHOW = "change show [--json] [number]";
  private static final String REVERT =
      "change revert [-n] [-y] [--json] [--patience seconds] [-m comment] number";
  private static final String LIST = "changes [--json]";

  private final ShellTerminal terminal;

  ChangeSubcommands(ShellTerminal terminal) {
    this.terminal = terminal;
  }

  /// Whether the words after a subcommand are taken as they are.
  static boolean takesFiles(String subcommand) {
    return subcommand.equals("change");
  }

  @Override
  public List<String> synopses() {
    return List.of(IMPORT, SHOW, REVERT, LIST);
  }

  @Override
  public void execute(List<String> words) throws ShellException, DaemonUnreachableException {
    String verb = words.size() < 2 ? "" : words.get(1);
    if (words.getFirst().equals("changes")) {
      list(ChangeOptions.read(words.subList(1, words.size()), LIST));
      return;
    }
    switch (verb) {
      case "import" -> {
        ChangeOptions options = ChangeOptions.read(words.subList(2, words.size()), IMPORT);
        List<SourceText> files = SourceFiles.read(options.operands());
        if (files.isEmpty()) {
          throw ShellException.syntax(IMPORT);
        }
        change(
            options,
            plan ->
                new TransactionRequest.ImportChange(
                    files, plan, options.patienceSeconds(), options.comment()));
      }
      case "revert" -> {
        ChangeOptions options = ChangeOptions.read(words.subList(2, words.size()), REVERT);
        long number = number(options, REVERT);
        change(
            options,
            plan ->
                new TransactionRequest.RevertChange(
                    number, plan, options.patienceSeconds(), options.comment()));
      }
      case "show" -> {
        ChangeOptions options = ChangeOptions.read(words.subList(2, words.size()), SHOW);
        show(options, options.operands().isEmpty() ? 0 : number(options, SHOW));
      }
      default ->
          throw new ShellException("Syntax error.\nUsage: " + String.join("\n       ", synopses()));
    }
  }

  private static long number(ChangeOptions options, String synopsis) throws ShellException {
    if (options.operands().size() != 1) {
      throw ShellException.syntax(synopsis);
    }
    try {
      return Long.parseLong(options.operands().getFirst());
    } catch (NumberFormatException e) {
      throw new ShellException(
          "\""
              + options.operands().getFirst()
              + "\" is not the number of a change; svccfg changes"
              + " lists them");
    }
  }

  // --- making one

  /// The request, as a plan or for real.
  private interface Requests {
    TransactionRequest request(boolean plan);
  }

  /// What the daemon answered.
  private static final class Received {
    final List<ChangeRecord> changes = new ArrayList<>();
    final List<MemberRecord> members = new ArrayList<>();
  }

  private void change(ChangeOptions options, Requests requests)
      throws ShellException, DaemonUnreachableException {
    boolean asks = terminal.isInteractive() && !options.yes() && !options.plan();
    if (options.plan() || asks) {
      Received planned = new Received();
      Outcome outcome = call(requests.request(true), planned, false);
      if (!outcome.isOk()) {
        throw ShellException.failed(message(outcome), options.plan() ? STATUS_ERROR : 1);
      }
      print(planned, options);
      if (planned.changes.isEmpty()) {
        return;
      }
      if (options.plan()) {
        throw ShellException.status(STATUS_CHANGES);
      }
      if (!terminal.confirms("Make this change?")) {
        throw new ShellException("Nothing was changed.");
      }
    }
    make(options, requests);
  }

  private void make(ChangeOptions options, Requests requests)
      throws ShellException, DaemonUnreachableException {
    Received received = new Received();
    Outcome outcome = call(requests.request(false), received, !options.json());
    if (options.json()) {
      if (!received.changes.isEmpty()) {
        terminal.print(document(List.of(received.changes.getLast()), received.members));
      }
    } else if (received.changes.isEmpty() && outcome.isOk()) {
      terminal.print("Nothing to change.\n");
    } else if (outcome.isOk()) {
      terminal.print(ChangeText.ended(received.changes.getLast()));
    }
    if (!outcome.isOk()) {
      throw ShellException.failed(message(outcome), outcome.status());
    }
  }

  private static String message(Outcome outcome) {
    return outcome.messages().isEmpty()
        ? "Nothing was changed."
        : String.join("\n", outcome.messages());
  }

  private Outcome call(TransactionRequest request, Received received, boolean isTold)
      throws DaemonUnreachableException {
    return terminal.call(
        request,
        (kind, fields) -> {
          switch (kind) {
            case "change" -> {
              received.changes.add(ChangeRecord.from(fields));
              if (isTold && received.changes.size() == 1) {
                terminal.progress(ChangeText.began(received.changes.getFirst()));
              }
            }
            case "member" -> received.members.add(MemberRecord.from(fields));
            case "change_step" -> {
              if (isTold) {
                terminal.progress("  " + ChangeStepRecord.from(fields).text());
              }
            }
            case "problem" -> problem(fields);
            default -> {}
          }
        });
  }

  private void problem(JsonObject fields) {
    ProblemRecord problem = ProblemRecord.from(fields);
    terminal.warn((problem.severity().equals("warning") ? "warning: " : "") + problem);
  }

  // --- showing

  private void print(Received received, ChangeOptions options) {
    if (options.json()) {
      terminal.print(document(received.changes, received.members));
    } else if (received.changes.isEmpty()) {
      terminal.print("Nothing to change.\n");
    } else {
      terminal.print(ChangeText.of(received.changes.getFirst(), received.members, terminal));
    }
  }

  private void show(ChangeOptions options, long number)
      throws ShellException, DaemonUnreachableException {
    Received received = new Received();
    Outcome outcome = call(new TransactionRequest.ShowChange(number), received, false);
    if (!outcome.isOk()) {
      throw ShellException.failed(message(outcome), outcome.status());
    }
    print(received, options);
  }

  private void list(ChangeOptions options) throws ShellException, DaemonUnreachableException {
    if (!options.operands().isEmpty()) {
      throw ShellException.syntax(LIST);
    }
    Received received = new Received();
    Outcome outcome = call(new TransactionRequest.ListChanges(), received, false);
    if (!outcome.isOk()) {
      throw ShellException.failed(message(outcome), outcome.status());
    }
    if (options.json()) {
      JsonWriter out = JsonWriter.complete().beginObject();
      terminal.print(out.objects("changes", received.changes).endObject() + "\n");
    } else if (received.changes.isEmpty()) {
      terminal.print("No change of many services was made yet; svccfg change import makes one.\n");
    } else {
      terminal.print(ChangeText.list(received.changes, terminal));
    }
  }

  private static String document(List<ChangeRecord> changes, List<MemberRecord> members) {
    JsonWriter out = JsonWriter.complete().beginObject();
    return out.objects("changes", changes).objects("members", members).endObject() + "\n";
  }
}
