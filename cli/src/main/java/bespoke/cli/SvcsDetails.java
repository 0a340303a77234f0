package bespoke.cli;

import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.Listing;
import java.util.List;
import picocli.CommandLine.ParseResult;

/// `svcs -l` and `svcs -L`.
final class SvcsDetails {

  private final Session session;

  SvcsDetails(Session session) {
    this.session = session;
  }

  int run(ParseResult arguments, List<String> operands, char mode)
      throws DaemonUnreachableException {
    boolean processes = arguments.hasMatchedOption("-p");
    Session.Answer answer =
        session.collect(
            new InstanceRequest.ListInstances(operands, false, true, processes), "instance");
    List<InstanceRecord> instances = Instances.read(answer.lines());
    if (arguments.hasMatchedOption("--json")) {
      session.print(JsonDocuments.of("instances", instances));
    } else if (mode == 'L') {
      logs(instances);
    } else {
      blocks(instances, processes, arguments.hasMatchedOption("-v"));
    }
    int status = session.finish(answer.outcome());
    Suggestions.print(session, answer.outcome().unmatched());
    return status;
  }

  private void logs(List<InstanceRecord> instances) {
    StringBuilder out = new StringBuilder();
    for (InstanceRecord instance : instances) {
      if (!instance.detail().logfile().isEmpty()) {
        out.append(instance.detail().logfile()).append('\n');
      }
    }
    session.print(out);
  }

  private void blocks(List<InstanceRecord> instances, boolean processes, boolean verbose)
      throws DaemonUnreachableException {
    StringBuilder out = new StringBuilder();
    for (InstanceRecord instance : instances) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      out.append(Listing.block(instance, session.console().times(), processes));
      if (verbose) {
        out.append(ApplicationProperties.of(session, instance.fmri()));
      }
    }
    session.print(out);
  }
}
