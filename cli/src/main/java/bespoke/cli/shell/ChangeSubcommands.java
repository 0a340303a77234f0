package bespoke.cli.shell;

import bespoke.api.ChangeRequest;
import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.SourceText;
import bespoke.api.TransactionRequest;
import bespoke.api.json.JsonWriter;
import bespoke.cli.client.DaemonUnreachableException;
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

  private final Asking asking;
  private final ShellTerminal terminal;

  ChangeSubcommands(Asking asking) {
    this.asking = asking;
    this.terminal = asking.terminal();
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
            new TransactionRequest.ImportChange(
                files, options.patienceSeconds(), options.comment()));
      }
      case "revert" -> {
        ChangeOptions options = ChangeOptions.read(words.subList(2, words.size()), REVERT);
        long number = number(options, REVERT);
        change(
            options,
            new TransactionRequest.RevertChange(
                number, options.patienceSeconds(), options.comment()));
      }
      case "show" -> {
        ChangeOptions options = ChangeOptions.read(words.subList(2, words.size()), SHOW);
        show(options, options.operands().isEmpty() ? 0 : number(options, SHOW));
      }
      default ->
          throw new ShellException("Syntax error.\nUsage: " + String.join("\n       ", synopses()));
    }
  }

  private boolean isJson(ChangeOptions options) {
    return options.json() || terminal.wantsJson();
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

  private void change(ChangeOptions options, TransactionRequest.Make request)
      throws ShellException, DaemonUnreachableException {
    boolean isPlan = options.plan() || asking.isPlanning();
    boolean asks = terminal.isInteractive() && !options.yes() && !isPlan;
    if (!isPlan && !asks) {
      make(isJson(options), options.yes() ? new ChangeRequest.Confirmed(request) : request);
      return;
    }
    ChangeAnswer answer = new ChangeAnswer(terminal, false);
    ShellTerminal.Foreseen foreseen = terminal.foresee(request, answer);
    if (!foreseen.outcome().isOk()) {
      throw ShellException.failed(message(foreseen.outcome()), isPlan ? STATUS_ERROR : 1);
    }
    terminal.print(isJson(options) ? json(answer, foreseen) : text(answer, foreseen));
    if (answer.isEmpty()) {
      return;
    }
    if (isPlan) {
      throw ShellException.status(STATUS_CHANGES);
    }
    if (!terminal.confirms("Make this change?")) {
      throw new ShellException("Nothing was changed.");
    }
    String plan = foreseen.plan().plan().id();
    make(
        isJson(options),
        plan.isEmpty() ? new ChangeRequest.Confirmed(request) : new ChangeRequest.Apply(plan));
  }

  /// What is configured, then what moves.
  private static String text(ChangeAnswer answer, ShellTerminal.Foreseen foreseen) {
    return answer.isEmpty() ? answer.text() : answer.text() + "\n" + foreseen.plan().text("svccfg");
  }

  private static String json(ChangeAnswer answer, ShellTerminal.Foreseen foreseen) {
    JsonWriter out = answer.write(JsonWriter.complete().beginObject());
    return foreseen.plan().write(out).endObject() + "\n";
  }

  /// Does what a plan showed; it need not be one of many services.
  void apply(String plan) throws ShellException, DaemonUnreachableException {
    boolean json = terminal.wantsJson();
    ChangeAnswer answer = new ChangeAnswer(terminal, !json);
    Outcome outcome = terminal.call(new ChangeRequest.Apply(plan), answer);
    if (!answer.isEmpty()) {
      ended(json, answer, outcome);
    }
    List<String> complaints = terminal.complaints(outcome);
    if (!complaints.isEmpty()) {
      throw ShellException.failed(String.join("\n", complaints), Math.max(1, outcome.status()));
    }
  }

  private void make(boolean json, Request request)
      throws ShellException, DaemonUnreachableException {
    ChangeAnswer answer = new ChangeAnswer(terminal, !json);
    ended(json, answer, terminal.call(request, answer));
  }

  private void ended(boolean json, ChangeAnswer answer, Outcome outcome) throws ShellException {
    if (json) {
      terminal.print(answer.isEmpty() ? answer.json() : answer.endedJson());
    } else if (outcome.isOk()) {
      terminal.print(answer.endedText());
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

  // --- showing

  private void show(ChangeOptions options, long number)
      throws ShellException, DaemonUnreachableException {
    ChangeAnswer answer = ask(new TransactionRequest.ShowChange(number));
    terminal.print(isJson(options) ? answer.json() : answer.text());
  }

  private void list(ChangeOptions options) throws ShellException, DaemonUnreachableException {
    if (!options.operands().isEmpty()) {
      throw ShellException.syntax(LIST);
    }
    ChangeAnswer answer = ask(new TransactionRequest.ListChanges());
    terminal.print(isJson(options) ? answer.listJson() : answer.listText());
  }

  private ChangeAnswer ask(TransactionRequest request)
      throws ShellException, DaemonUnreachableException {
    ChangeAnswer answer = new ChangeAnswer(terminal, false);
    Outcome outcome = terminal.call(request, answer);
    if (!outcome.isOk()) {
      throw ShellException.failed(message(outcome), outcome.status());
    }
    return answer;
  }
}
