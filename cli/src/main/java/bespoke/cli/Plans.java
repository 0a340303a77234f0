package bespoke.cli;

import bespoke.api.Outcome;
import bespoke.api.PlanStepRecord;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.client.Replies;

/// Sends a changing request, or prints what it would do (`--plan`): exit 0 nothing, 1 changes, 2
/// error.
final class Plans implements Replies {

  private final Session session;
  private int steps;
  private int wave;

  private Plans(Session session) {
    this.session = session;
  }

  /// Sends the request; returns the exit status.
  static int call(Session session, Request request, boolean plan)
      throws DaemonUnreachableException {
    Plans printer = new Plans(session);
    Outcome outcome = session.call(request, printer);
    int status = session.finish(outcome);
    if (!plan) {
      return status;
    }
    if (status != 0) {
      return ExitStatus.USAGE;
    }
    if (printer.steps == 0) {
      session.print("nothing would change\n");
    }
    return printer.steps == 0 ? ExitStatus.OK : ExitStatus.FAILED;
  }

  @Override
  public void line(String kind, JsonObject fields) {
    if (!kind.equals("step")) {
      return;
    }
    PlanStepRecord step = PlanStepRecord.from(fields);
    if (step.wave() != wave) {
      wave = step.wave();
      session.print("wave " + wave + "\n");
    }
    steps++;
    session.print(
        "  " + step.fmri() + "  " + step.from() + " -> " + step.to() + "  " + step.why() + "\n");
  }
}
