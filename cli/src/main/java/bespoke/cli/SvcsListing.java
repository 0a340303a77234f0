package bespoke.cli;

import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.OperandMatcher;
import bespoke.api.Outcome;
import bespoke.api.json.JsonObject;
import bespoke.api.listing.Times;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.Column;
import bespoke.cli.render.FmriText;
import bespoke.cli.render.SortKey;
import bespoke.cli.render.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/// The table of `svcs`, `svcs -d` and `svcs -D`.
final class SvcsListing {

  private final Session session;
  private final SortKeys sortKeys;

  SvcsListing(Session session, SortKeys sortKeys) {
    this.session = session;
    this.sortKeys = sortKeys;
  }

  int run(ParseResult arguments, List<String> operands, char mode)
      throws DaemonUnreachableException {
    List<Column> columns = columns(arguments);
    List<SortKey> keys = keys(arguments, mode);
    List<String> restarters = restarters(Models.values(arguments, "-R"));
    if (columns.isEmpty()
        || keys.isEmpty() && !sortKeys.isEmpty()
        || restarters.isEmpty() && arguments.hasMatchedOption("-R")) {
      return ExitStatus.FAILED;
    }
    boolean processes = arguments.hasMatchedOption("-p");
    Outcome outcome;
    List<InstanceRecord> instances;
    if (arguments.hasMatchedOption("--at")) {
      Session.Answer answer =
          session.collect(
              new InstanceRequest.StatesAt(
                  operands,
                  Moment.option("--at", Models.value(arguments, "--at"), session.console())),
              "instance");
      outcome = answer.outcome();
      boolean all = arguments.hasMatchedOption("-a") || !operands.isEmpty();
      instances = then(Instances.read(answer.lines()), all);
    } else if (mode == 0) {
      if (arguments.hasMatchedOption("-a") && !operands.isEmpty()) {
        session.error("-a ignored when used with arguments.");
      }
      boolean all = arguments.hasMatchedOption("-a") || !restarters.isEmpty();
      boolean detailed = processes || !restarters.isEmpty() || arguments.hasMatchedOption("--json");
      ReadyTable table = new ReadyTable();
      outcome =
          session.call(
              new InstanceRequest.ListInstances(
                  operands,
                  operands.isEmpty() && !all,
                  detailed,
                  processes,
                  !detailed && !needsMore(columns, keys),
                  detailed ? null : ReadyTable.view(columns, keys, session.console())),
              table);
      if (table.print(session.console(), !arguments.hasMatchedOption("-H"))) {
        return finish(outcome, mode);
      }
      instances =
          restarters.isEmpty() ? Instances.read(table.records()) : of(restarters, table.records());
    } else {
      Neighbours neighbours = new Neighbours(session, processes);
      instances = mode == 'd' ? neighbours.dependencies(operands) : neighbours.dependents(operands);
      outcome = neighbours.outcome();
    }
    print(arguments, columns, keys, instances);
    return finish(outcome, mode);
  }

  /// Whether an instance was enabled is not remembered: what was disabled was not.
  private static List<InstanceRecord> then(List<InstanceRecord> instances, boolean all) {
    List<InstanceRecord> listed = new ArrayList<>();
    for (InstanceRecord instance : instances) {
      if (all || !instance.state().equals("disabled")) {
        listed.add(instance);
      }
    }
    return listed;
  }

  /// Whether a column or key shows more than FMRI, states and time.
  private static boolean needsMore(List<Column> columns, List<SortKey> keys) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).column() == Column.CTID) {
        return true;
      }
    }
    return columns.contains(Column.CTID) || columns.contains(Column.DESC);
  }

  private int finish(Outcome outcome, char mode) throws DaemonUnreachableException {
    int status = session.finish(outcome, mode == 'D' ? "instances or services" : "instances");
    Suggestions.print(session, outcome.unmatched());
    return status;
  }

  private void print(
      ParseResult arguments,
      List<Column> columns,
      List<SortKey> keys,
      List<InstanceRecord> instances) {
    Times times = session.console().times();
    SortKey.sort(instances, keys, times);
    if (arguments.hasMatchedOption("--json")) {
      session.print(JsonDocuments.of("instances", instances));
      return;
    }
    Table table = new Table(columns, times, session.console().style());
    StringBuilder out = new StringBuilder(128 + 64 * instances.size());
    if (!arguments.hasMatchedOption("-H")) {
      table.header(out);
    }
    for (int i = 0; i < instances.size(); i++) {
      table.row(out, instances.get(i));
      table.processes(out, instances.get(i).detail().processes());
    }
    session.print(out);
  }

  private List<Column> columns(ParseResult arguments) {
    String names = Models.value(arguments, "-o");
    if (!names.isEmpty()) {
      return Columns.parse(names, session);
    }
    List<Column> columns = new ArrayList<>();
    if (arguments.hasMatchedOption("-Z")) {
      columns.add(Column.ZONE);
    }
    columns.addAll(arguments.hasMatchedOption("-v") ? Column.VERBOSE : Column.USUAL);
    return columns;
  }

  private List<SortKey> keys(ParseResult arguments, char mode) {
    if (!sortKeys.isEmpty()) {
      return sortKeys.resolve(session);
    }
    return arguments.hasMatchedOption("-o") && mode == 0 ? List.of() : SortKey.USUAL;
  }

  /// The FMRIs of `-R`; a bad one is reported and answered with an empty list.
  private List<String> restarters(List<String> typed) {
    List<String> restarters = new ArrayList<>();
    for (String restarter : typed) {
      String fmri = OperandMatcher.canonical(restarter);
      if (!fmri.startsWith("svc:/") || fmri.length() == "svc:/".length()) {
        session.error("Restarter FMRI \"" + restarter + "\" is invalid.");
        return List.of();
      }
      if (FmriText.instance(fmri).isEmpty()) {
        session.error("Restarter FMRI \"" + restarter + "\" does not designate an instance.");
        return List.of();
      }
      restarters.add(fmri);
    }
    return restarters;
  }

  private static List<InstanceRecord> of(List<String> restarters, List<JsonObject> records) {
    List<InstanceRecord> instances = new ArrayList<>();
    for (InstanceRecord instance : Instances.read(records)) {
      if (restarters.contains(instance.detail().restarter())) {
        instances.add(instance);
      }
    }
    return instances;
  }
}
