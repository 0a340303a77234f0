package bespoke.cli;

import bespoke.api.CauseRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.TransitionRecord;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.Chronicle;
import java.util.ArrayList;
import java.util.List;

/// `svcs why FMRI` and `svcs history [FMRI…]`.
///
/// The words come first among the operands, so a service of that name must be written as `svc:/why`
/// or `:why`.
final class SvcsHistory {

  private final Session session;

  SvcsHistory(Session session) {
    this.session = session;
  }

  static boolean isSubcommand(String operand) {
    return operand.equals("why") || operand.equals("history");
  }

  /// @param since what `--since` says, or empty
  int run(List<String> words, String since, boolean json) throws DaemonUnreachableException {
    List<String> operands = words.subList(1, words.size());
    if (words.getFirst().equals("history")) {
      return history(
          operands, since.isEmpty() ? 0 : Moment.option("--since", since, session.console()), json);
    }
    if (!since.isEmpty()) {
      throw new UsageException("--since belongs to svcs history");
    }
    if (operands.size() != 1) {
      throw new UsageException("why needs one instance");
    }
    Session.Answer answer = session.collect(new InstanceRequest.Why(operands.getFirst()), "cause");
    List<CauseRecord> causes = new ArrayList<>();
    for (JsonObject line : answer.lines()) {
      causes.add(CauseRecord.from(line));
    }
    session.print(
        json
            ? JsonDocuments.of("causes", causes)
            : Chronicle.causes(causes, session.console().times()));
    int status = session.finish(answer.outcome());
    if (status == ExitStatus.OK && causes.isEmpty()) {
      session.error("nothing is recorded about " + operands.getFirst());
      return ExitStatus.FAILED;
    }
    return status;
  }

  private int history(List<String> operands, long sinceEpochMillis, boolean json)
      throws DaemonUnreachableException {
    Session.Answer answer =
        session.collect(new InstanceRequest.History(operands, sinceEpochMillis, 0), "transition");
    List<TransitionRecord> steps = new ArrayList<>();
    for (JsonObject line : answer.lines()) {
      steps.add(TransitionRecord.from(line));
    }
    session.print(
        json
            ? JsonDocuments.of("transitions", steps)
            : Chronicle.steps(steps, session.console().times()));
    return session.finish(answer.outcome());
  }
}
