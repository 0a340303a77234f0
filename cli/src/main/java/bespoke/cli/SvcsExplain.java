package bespoke.cli;

import bespoke.api.Explanation;
import bespoke.api.InstanceRequest;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.Explanations;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/// `svcs -x`: what does not run, and why (smf.md 8.2).
final class SvcsExplain {

  private final Session session;

  SvcsExplain(Session session) {
    this.session = session;
  }

  int run(ParseResult arguments, List<String> operands) throws DaemonUnreachableException {
    boolean verbose = arguments.hasMatchedOption("-v");
    Session.Answer answer =
        session.collect(new InstanceRequest.Explain(operands, verbose), "explanation");
    List<Explanation> explanations = new ArrayList<>();
    for (JsonObject line : answer.lines()) {
      explanations.add(Explanation.from(line));
    }
    if (arguments.hasMatchedOption("--json")) {
      session.print(JsonDocuments.of("explanations", explanations));
    } else {
      print(explanations, verbose);
    }
    int status = session.finish(answer.outcome());
    Suggestions.print(session, answer.outcome().unmatched());
    return status;
  }

  private void print(List<Explanation> explanations, boolean verbose) {
    StringBuilder out = new StringBuilder();
    for (Explanation explanation : explanations) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      out.append(
          Explanations.block(
              explanation, session.console().times(), session.console().style(), verbose, base()));
    }
    session.print(out);
  }

  /// What stands before the message codes: there is no web site, so nothing unless somebody
  /// publishes one and says so.
  private String base() {
    return session.console().environment().getOrDefault("BESPOKE_MSG_BASE", "");
  }
}
