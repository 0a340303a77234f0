package bespoke.cli;

import bespoke.api.ActedRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.Outcome;
import bespoke.api.ProgressRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;
import java.util.List;
import picocli.CommandLine.ParseResult;

/// The subcommands of `svcadm` that act on instances.
final class SvcadmAction implements Replies {

  private final Session session;
  private final boolean verbose;
  private final ProgressLine progress;
  private String action = "";
  private String done = "";

  SvcadmAction(Session session, boolean verbose) {
    this.session = session;
    this.verbose = verbose;
    this.progress = new ProgressLine(session.console());
  }

  int run(ParseResult top, ParseResult sub, String name) throws DaemonUnreachableException {
    InstanceRequest.Act request = request(top, sub, name);
    action = request.action();
    done = sentence(request);
    Outcome outcome = new Changing(session, sub).call(request, this);
    progress.end();
    int status = session.finish(outcome);
    Suggestions.print(session, outcome.unmatched());
    return status;
  }

  private InstanceRequest.Act request(ParseResult top, ParseResult sub, String name) {
    List<String> operands = Models.operands(sub);
    String action = name;
    if (name.equals("mark")) {
      action = "mark_" + markedState(operands);
      operands = operands.subList(1, operands.size());
    }
    String inState = Models.value(top, "-S");
    check(sub, action, operands, inState);
    return new InstanceRequest.Act(
        action,
        operands,
        inState,
        has(sub, "-t"),
        has(sub, "-r"),
        has(sub, "-I"),
        has(sub, "-d"),
        has(sub, "-s"),
        session.console().inputIsTerminal(),
        name.equals("disable") ? Models.value(sub, "-c") : "");
  }

  private static String markedState(List<String> operands) {
    String state = operands.isEmpty() ? "" : operands.getFirst();
    if (!state.equals("maintenance") && !state.equals("degraded")) {
      throw new UsageException("mark needs a state: maintenance or degraded");
    }
    return state;
  }

  private static void check(ParseResult sub, String action, List<String> operands, String inState) {
    if (operands.isEmpty() && inState.isEmpty()) {
      throw new UsageException("an operand is missing");
    }
    if (!operands.isEmpty() && !inState.isEmpty()) {
      throw new UsageException("-S cannot be used with operands");
    }
    if (action.equals("clear")
        && !inState.isEmpty()
        && !inState.equals("maintenance")
        && !inState.equals("degraded")) {
      throw new UsageException("State must be 'maintenance' or 'degraded'");
    }
    if (action.equals("mark_degraded") && has(sub, "-t")) {
      throw new UsageException("-t may not be used with degraded.");
    }
  }

  private static boolean has(ParseResult arguments, String option) {
    return arguments.commandSpec().findOption(option) != null && arguments.hasMatchedOption(option);
  }

  /// What `-v` prints after the FMRI of an instance.
  private static String sentence(InstanceRequest.Act request) {
    String how = request.temporary() ? " temporarily" : "";
    return switch (request.action()) {
      case "enable" -> how + " enabled.";
      case "disable" -> how + " disabled.";
      default -> "";
    };
  }

  @Override
  public void line(String kind, JsonObject fields) {
    switch (kind) {
      case "acted" -> acted(ActedRecord.from(fields));
      case "progress" -> progress.show(ProgressRecord.from(fields));
      default -> {}
    }
  }

  private String actionName(ActedRecord acted) {
    if (!acted.action().isEmpty()) {
      return acted.action();
    }
    return switch (action) {
      case "clear" -> "maint_off";
      case "mark_maintenance" -> "maint_on";
      case "mark_degraded" -> "degraded";
      default -> action;
    };
  }

  private void acted(ActedRecord acted) {
    if (verbose) {
      session.print(
          done.isEmpty()
              ? "Action " + actionName(acted) + " set for " + acted.fmri() + ".\n"
              : acted.fmri() + done + "\n");
    }
  }
}
