package bespoke.control;

import bespoke.api.ChangeRequest;
import bespoke.api.ComparisonRequest;
import bespoke.api.ConfigurationRequest;
import bespoke.api.EditingRequest;
import bespoke.api.ErrorKind;
import bespoke.api.GraphRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.Outcome;
import bespoke.api.PongRecord;
import bespoke.api.RefusedRequest;
import bespoke.api.Request;
import bespoke.api.RequestReader;
import bespoke.api.TransactionRequest;
import bespoke.api.Wire;
import java.io.IOException;
import java.util.Optional;

/// One request to one answer: reads it, finds who serves it.
public final class Requests implements ControlServer.Service {
  private final Machine machine;
  private final String release;
  private final Listing listing;
  private final Changes changes;
  private final Planner planner;
  private final Reasons reasons;
  private final Settings settings;
  private final Comparisons comparisons;
  private final GraphQueries graph;
  private final GraphAnalysis analysis;
  private final Timelines timelines;
  private final WhatIfs whatIfs;
  private final RestarterSessions restarters;
  private final TransactionRequests transactions;

  /// @param release of bespoke, for `ping`
  public Requests(
      Machine machine,
      Configuration configuration,
      Transactions transactions,
      History history,
      Grants grants,
      Limits limits,
      String release) {
    this.machine = machine;
    Authorizer authorizer = new Authorizer(grants);
    this.release = release;
    this.listing = new Listing(machine, limits.backlog());
    this.changes = new Changes(machine, configuration, authorizer, limits.backlog());
    this.transactions = new TransactionRequests(transactions, authorizer);
    this.planner =
        new Planner(
            machine, configuration, authorizer, history, this.transactions, limits.backlog());
    this.reasons = new Reasons(machine, history);
    this.settings = new Settings(machine, configuration, authorizer);
    this.comparisons = new Comparisons(machine, configuration, authorizer, limits.backlog());
    this.graph = new GraphQueries(machine);
    this.analysis = new GraphAnalysis(machine, history);
    this.timelines = new Timelines(machine, history);
    this.whatIfs = new WhatIfs(machine, history);
    this.restarters = new RestarterSessions(machine, configuration, limits);
  }

  @Override
  public boolean answer(Caller caller, byte[] line, Connection connection) throws IOException {
    if (RestarterSessions.isRegistration(line)) {
      connection.endless();
      restarters.serve(caller, line, connection);
      return false;
    }
    Answer answer = new Answer(connection);
    try {
      return serve(caller, RequestReader.read(line), answer, connection);
    } catch (RefusedRequest refused) {
      answer.end(refused.outcome());
      return refused.kind() == ErrorKind.NOT_AVAILABLE;
    }
  }

  private boolean serve(Caller caller, Request request, Answer answer, Connection connection)
      throws IOException {
    switch (request) {
      case Request.Ping ping -> {
        answer.add(
            new PongRecord(
                Wire.VERSION, ProcessHandle.current().pid(), release, machine.isSettled()));
        answer.end(Outcome.OK);
      }
      case InstanceRequest.ListInstances list -> listing.list(list, answer);
      case InstanceRequest.Contracts contracts -> listing.contracts(contracts, answer);
      case InstanceRequest.Explain explain -> reasons.explain(explain, answer);
      case InstanceRequest.Why why -> reasons.why(why, answer);
      case InstanceRequest.History history -> reasons.history(history, answer);
      case InstanceRequest.StatesAt moment -> reasons.statesAt(moment, answer);
      case Request.Report report -> report(caller, answer);
      case InstanceRequest.Act _,
          InstanceRequest.Milestone _,
          Request.Shutdown _,
          ConfigurationRequest.Import _,
          ConfigurationRequest.Apply _,
          ConfigurationRequest.Delete _,
          ConfigurationRequest.Add _,
          ConfigurationRequest.Edit _,
          ConfigurationRequest.Revert _,
          ConfigurationRequest.DeleteCustomizations _,
          EditingRequest _,
          TransactionRequest.Make _ -> {
        if (planner.mayGoOn(caller, request, answer)) {
          return change(caller, request, answer, connection);
        }
      }
      case ChangeRequest.Plan(Request change) -> planner.plan(caller, change, answer);
      case ChangeRequest.Confirmed(Request change) -> {
        return change(caller, change, answer, connection);
      }
      case ChangeRequest.Apply(String plan) -> {
        Optional<Request> change = planner.take(caller, plan, answer);
        if (change.isPresent()) {
          return change(caller, change.get(), answer, connection);
        }
      }
      case InstanceRequest.Watch watch -> {
        whileConnected(connection, () -> listing.watch(watch, answer));
        return false;
      }
      case InstanceRequest.WatchContracts watch -> {
        whileConnected(connection, () -> listing.watchContracts(watch, answer));
        return false;
      }
      case ConfigurationRequest.ListNames names -> settings.names(names, answer);
      case ConfigurationRequest.Export export -> settings.export(caller, export, answer);
      case ConfigurationRequest.Extract extract -> settings.extract(extract, answer);
      case ConfigurationRequest.Validate operands -> settings.validate(operands, answer);
      case ConfigurationRequest.Properties properties ->
          settings.properties(caller, properties, answer);
      case ComparisonRequest.Compare compare -> comparisons.compare(caller, compare, answer);
      case ComparisonRequest.AwaitChange change -> {
        whileConnected(connection, () -> comparisons.awaitChange(caller, change, answer));
        return false;
      }
      case ConfigurationRequest.ListSnapshots snapshots -> settings.snapshots(snapshots, answer);
      case ConfigurationRequest.Customizations customizations ->
          settings.customizations(caller, customizations, answer);
      case TransactionRequest looks -> transactions.answer(caller, looks, answer);
      case GraphRequest.Graph all -> graph.graph(all, answer);
      case GraphRequest.Impact impact -> analysis.impact(impact, answer);
      case GraphRequest.WhatIf whatIf -> whatIfs.answer(whatIf, answer);
      case GraphRequest.FindPath path -> analysis.path(path, answer);
      case GraphRequest.Cycles cycles -> analysis.cycles(answer);
      case GraphRequest.Check check -> analysis.check(check, answer);
      case GraphRequest.CriticalPath path -> analysis.criticalPath(answer);
      case GraphRequest.Timeline timeline -> timelines.answer(timeline, answer);
    }
    return true;
  }

  /// @return whether the connection is still of use
  private boolean change(Caller caller, Request request, Answer answer, Connection connection)
      throws IOException {
    if (request instanceof InstanceRequest.Act act && act.synchronous()) {
      whileConnected(connection, () -> changes.serve(caller, act, answer));
      return false;
    }
    if (request instanceof TransactionRequest.Make make) {
      whileConnected(connection, () -> transactions.answer(caller, make, answer));
      return false;
    }
    changes.serve(caller, request, answer);
    return true;
  }

  /// Something that may take long.
  @FunctionalInterface
  private interface LongAnswer {
    void run() throws IOException;
  }

  /// Runs a long answer, and ends it when the client goes away. The connection is of no use
  /// afterwards.
  private static void whileConnected(Connection connection, LongAnswer answer) throws IOException {
    connection.endless();
    Thread answering = Thread.currentThread();
    Thread.ofVirtual()
        .name("control-watcher")
        .start(() -> {
          try {
            connection.awaitGone();
          } catch (IOException gone) {
            // As good as an orderly end.
          }
          answering.interrupt();
        });
    answer.run();
  }

  private void report(Caller caller, Answer answer) throws IOException {
    if (!caller.isPrivileged()) {
      answer.fail(
          ErrorKind.PERMISSION,
          "Permission denied: a report holds the whole configuration; ask as root");
      return;
    }
    try (Pieces pieces = new Pieces(answer)) {
      machine.report(pieces);
    }
    answer.end(Outcome.OK);
  }
}
