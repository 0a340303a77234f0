package bespoke.cli;

import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.OperandMatcher;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.Trees;
import java.util.ArrayList;
import java.util.List;

/// `svcs -t`: instances with what they depend on below them.
final class SvcsTree {

  private final Session session;

  SvcsTree(Session session) {
    this.session = session;
  }

  int run(List<String> operands) throws DaemonUnreachableException {
    Session.Answer answer =
        session.collect(
            new InstanceRequest.ListInstances(List.of(), false, true, false), "instance");
    List<InstanceRecord> instances = Instances.read(answer.lines());
    List<OperandMatcher.Match> matches =
        new OperandMatcher(new Instances(instances)).matches(operands);
    List<String> roots = new ArrayList<>(OperandMatcher.union(matches));
    if (operands.isEmpty() || !roots.isEmpty()) {
      session.print(Trees.draw(instances, roots, session.console().style()));
    }
    for (String operand : OperandMatcher.unmatched(matches)) {
      session.error(Session.noMatch(operand, "instances"));
    }
    int status = session.finish(answer.outcome());
    return OperandMatcher.unmatched(matches).isEmpty() ? status : ExitStatus.FAILED;
  }
}
