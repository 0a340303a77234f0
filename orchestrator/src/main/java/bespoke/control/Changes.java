package bespoke.control;

import bespoke.api.ChangeRequest;
import bespoke.api.ComparisonRequest;
import bespoke.api.ConfigurationRequest;
import bespoke.api.EditingRequest;
import bespoke.api.ErrorKind;
import bespoke.api.GraphRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.TransactionRequest;
import bespoke.engine.Event;
import bespoke.engine.Milestone;
import bespoke.model.InstanceFmri;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Serves the requests that change something, on the real machine or on a rehearsed one.
final class Changes {
  private final Machine machine;
  private final Configuration configuration;
  private final Authorizer authorizer;
  private final Actions actions;
  private final Settings settings;
  private final Edits edits;
  private final DependencyEdits dependencyEdits;

  Changes(Machine machine, Configuration configuration, Authorizer authorizer, int backlog) {
    this.machine = machine;
    this.configuration = configuration;
    this.authorizer = authorizer;
    this.actions = new Actions(machine, configuration, authorizer, new Waiting(machine, backlog));
    this.settings = new Settings(machine, configuration, authorizer);
    this.edits = new Edits(machine, configuration, authorizer);
    this.dependencyEdits = new DependencyEdits(machine, configuration, authorizer);
  }

  void serve(Caller caller, Request request, Answer answer) throws IOException {
    switch (request) {
      case InstanceRequest.Act act -> actions.act(caller, act, answer);
      case InstanceRequest.Milestone milestone -> milestone(caller, milestone, answer);
      case Request.Shutdown _ -> shutdown(caller, answer);
      case ConfigurationRequest.Import files -> settings.importFiles(caller, files, answer);
      case ConfigurationRequest.Apply profile -> settings.apply(caller, profile, answer);
      case ConfigurationRequest.Delete delete -> settings.delete(caller, delete, answer);
      case ConfigurationRequest.Add add -> settings.add(caller, add, answer);
      case ConfigurationRequest.Edit edit -> edits.edit(caller, edit, answer);
      case EditingRequest.Script script -> edits.script(caller, script, answer);
      case EditingRequest.EditDependency edge -> dependencyEdits.edit(caller, edge, answer);
      case EditingRequest.Restore restore -> settings.restore(caller, restore, answer);
      case ConfigurationRequest.Revert revert -> settings.revert(caller, revert, answer);
      case ConfigurationRequest.DeleteCustomizations delete ->
          settings.deleteCustomizations(caller, delete, answer);
      case InstanceRequest _, ConfigurationRequest _, GraphRequest _ -> none(request, answer);
      case ComparisonRequest _,
          ChangeRequest _,
          TransactionRequest _,
          Request.Ping _,
          Request.Report _ ->
          none(request, answer);
    }
  }

  private static void none(Request request, Answer answer) throws IOException {
    answer.fail(ErrorKind.BAD_REQUEST, "\"" + request.op() + "\" changes nothing");
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
