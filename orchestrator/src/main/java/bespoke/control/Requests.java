package bespoke.control;

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
import bespoke.api.Wire;
import bespoke.engine.Event;
import bespoke.engine.Milestone;
import bespoke.model.InstanceFmri;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One request to one answer: reads it, finds who serves it.
public final class Requests implements ControlServer.Service {
  private final Machine machine;
  private final Configuration configuration;
  private final Authorizer authorizer;
  private final String release;
  private final Listing listing;
  private final Actions actions;
  private final Reasons reasons;
  private final Settings settings;
  private final Edits edits;
  private final DependencyEdits dependencyEdits;
  private final Comparisons comparisons;
  private final GraphQueries graph;
  private final GraphAnalysis analysis;
  private final Timelines timelines;
  private final RestarterSessions restarters;

  /// @param release of bespoke, for `ping`
  public Requests(
      Machine machine,
      Configuration configuration,
      History history,
      Grants grants,
      Limits limits,
      String release) {
    this.machine = machine;
    this.configuration = configuration;
    this.authorizer = new Authorizer(grants);
    this.release = release;
    this.listing = new Listing(machine, limits.backlog());
    this.actions =
        new Actions(machine, configuration, authorizer, new Waiting(machine, limits.backlog()));
    this.reasons = new Reasons(machine, history);
    this.settings = new Settings(machine, configuration, authorizer);
    this.edits = new Edits(machine, configuration, authorizer);
    this.dependencyEdits = new DependencyEdits(machine, configuration, authorizer);
    this.comparisons = new Comparisons(machine, configuration, authorizer, limits.backlog());
    this.graph = new GraphQueries(machine);
    this.analysis = new GraphAnalysis(machine, history);
    this.timelines = new Timelines(machine, history);
    this.restarters = new RestarterSessions(machine, configuration, limits);
  }

  @Override
  public boolean answer(Caller caller, byte[] line, Connection connection) throws IOException {
    if (RestarterSessions.isRegistration(line)) {
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
      case InstanceRequest.Act act -> {
        if (act.synchronous()) {
          whileConnected(connection, () -> actions.act(caller, act, answer));
          return false;
        }
        actions.act(caller, act, answer);
      }
      case InstanceRequest.Milestone milestone -> milestone(caller, milestone, answer);
      case Request.Shutdown shutdown -> shutdown(caller, answer);
      case InstanceRequest.Watch watch -> {
        whileConnected(connection, () -> listing.watch(watch, answer));
        return false;
      }
      case ConfigurationRequest.Import files -> settings.importFiles(caller, files, answer);
      case ConfigurationRequest.Apply profile -> settings.apply(caller, profile, answer);
      case ConfigurationRequest.Delete delete -> settings.delete(caller, delete, answer);
      case ConfigurationRequest.Add add -> settings.add(caller, add, answer);
      case ConfigurationRequest.ListNames names -> settings.names(names, answer);
      case ConfigurationRequest.Export export -> settings.export(caller, export, answer);
      case ConfigurationRequest.Extract extract -> settings.extract(answer);
      case ConfigurationRequest.Properties properties ->
          settings.properties(caller, properties, answer);
      case ConfigurationRequest.Edit edit -> edits.edit(caller, edit, answer);
      case EditingRequest editing -> editing(caller, editing, answer);
      case ComparisonRequest.Compare compare -> comparisons.compare(caller, compare, answer);
      case ComparisonRequest.AwaitChange change -> {
        whileConnected(connection, () -> comparisons.awaitChange(caller, change, answer));
        return false;
      }
      case ConfigurationRequest.ListSnapshots snapshots -> settings.snapshots(snapshots, answer);
      case ConfigurationRequest.Revert revert -> settings.revert(caller, revert, answer);
      case ConfigurationRequest.Customizations customizations ->
          settings.customizations(caller, customizations, answer);
      case ConfigurationRequest.DeleteCustomizations delete ->
          settings.deleteCustomizations(caller, delete, answer);
      case GraphRequest.Graph all -> graph.graph(all, answer);
      case GraphRequest.Impact impact -> analysis.impact(impact, answer);
      case GraphRequest.FindPath path -> analysis.path(path, answer);
      case GraphRequest.Cycles cycles -> analysis.cycles(answer);
      case GraphRequest.Check check -> analysis.check(check, answer);
      case GraphRequest.CriticalPath path -> analysis.criticalPath(answer);
      case GraphRequest.Timeline timeline -> timelines.answer(timeline, answer);
    }
    return true;
  }

  private void editing(Caller caller, EditingRequest request, Answer answer) throws IOException {
    switch (request) {
      case EditingRequest.Script script -> edits.script(caller, script, answer);
      case EditingRequest.EditDependency edge -> dependencyEdits.edit(caller, edge, answer);
      case EditingRequest.Restore restore -> settings.restore(caller, restore, answer);
    }
  }

  /// Something that may take long.
  @FunctionalInterface
  private interface LongAnswer {
    void run() throws IOException;
  }

  /// Runs a long answer, and ends it when the client goes away. The connection is of no use
  /// afterwards.
  private static void whileConnected(Connection connection, LongAnswer answer) throws IOException {
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

  private void milestone(Caller caller, InstanceRequest.Milestone request, Answer answer)
      throws IOException {
    if (!authorizer.mayManage(caller)) {
      answer.fail(ErrorKind.PERMISSION, "Permission denied.");
      return;
    }
    Optional<Milestone> milestone = milestone(request.milestone());
    if (milestone.isEmpty()) {
      answer.end(
          new Outcome(
              ErrorKind.NOT_FOUND.word(),
              2,
              List.of("\"" + request.milestone() + "\" is not a valid major milestone."),
              List.of()));
      return;
    }
    if (request.plan()) {
      new Plans(machine).answer(List.of(new Event.MilestoneRequested(milestone.get())), answer);
      answer.end(Outcome.OK);
      return;
    }
    try {
      if (request.permanent()) {
        configuration.defaultMilestone(text(milestone.get()), caller.actor());
      }
      machine.request(new Event.MilestoneRequested(milestone.get()), caller.actor());
      answer.end(Outcome.OK);
    } catch (Machine.BusyException e) {
      answer.fail(ErrorKind.LIMIT, String.valueOf(e.getMessage()));
    } catch (Configuration.RefusedException e) {
      answer.fail(e.kind(), String.valueOf(e.getMessage()));
    }
  }

  private Optional<Milestone> milestone(String text) {
    if (text.equals("all")) {
      return Optional.of(new Milestone.All());
    }
    if (text.equals("none")) {
      return Optional.of(new Milestone.None());
    }
    Operands operands = Operands.unambiguous(List.of(text), machine.catalogue());
    return operands.fmris().size() == 1
        ? Optional.of(new Milestone.Of(operands.fmris().getFirst()))
        : Optional.empty();
  }

  private static String text(Milestone milestone) {
    return switch (milestone) {
      case Milestone.All all -> "all";
      case Milestone.None none -> "none";
      case Milestone.Of(InstanceFmri instance) -> instance.toString();
    };
  }

  private void shutdown(Caller caller, Answer answer) throws IOException {
    if (!authorizer.mayShutDown(caller)) {
      answer.fail(ErrorKind.PERMISSION, "Permission denied.");
      return;
    }
    try {
      machine.request(new Event.ShutdownRequested(), caller.actor());
      answer.end(Outcome.OK);
    } catch (Machine.BusyException e) {
      answer.fail(ErrorKind.SHUTTING_DOWN, String.valueOf(e.getMessage()));
    }
  }
}
