package bespoke.control;

import bespoke.api.ConfigurationRequest;
import bespoke.api.EditingRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.Outcome;
import bespoke.api.Reply;
import bespoke.api.Request;
import bespoke.engine.Event;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Runs a changing request through the very code that serves it, on a machine that only notes what
/// is asked of it and on a configuration that keeps nothing.
final class Rehearsing {
  private final Machine machine;
  private final Configuration configuration;
  private final Authorizer authorizer;
  private final int backlog;

  Rehearsing(Machine machine, Configuration configuration, Authorizer authorizer, int backlog) {
    this.machine = machine;
    this.configuration = configuration;
    this.authorizer = authorizer;
    this.backlog = backlog;
  }

  /// What a request came to.
  ///
  /// @param replies what it would have answered before the outcome
  /// @param events what the engine would have been told
  /// @param refreshes when it would be told nothing, but instances are configured otherwise: what
  ///   their next refresh will tell it
  /// @param configures whether something would be configured otherwise
  record Rehearsed(
      List<Reply> replies,
      Outcome outcome,
      List<Event> events,
      List<Event> refreshes,
      boolean configures) {
    Rehearsed {
      replies = List.copyOf(replies);
      events = List.copyOf(events);
      refreshes = List.copyOf(refreshes);
    }

    /// The instances that the request itself is about.
    Set<InstanceFmri> named() {
      Set<InstanceFmri> named = new LinkedHashSet<>();
      events.forEach(event -> name(event, named));
      refreshes.forEach(event -> name(event, named));
      return named;
    }
  }

  private static void name(Event event, Set<InstanceFmri> named) {
    switch (event) {
      case Event.EnableRequested enable -> named.add(enable.instance());
      case Event.RestartRequested restart -> named.add(restart.instance());
      case Event.RefreshRequested refresh -> named.add(refresh.instance());
      case Event.ClearRequested clear -> named.add(clear.instance());
      case Event.MarkRequested mark -> named.add(mark.instance());
      case Event.DefinitionsImported imported -> {
        imported.imports().forEach(one -> named.add(one.definition().fmri()));
        named.addAll(imported.removed());
      }
      case Event.DaemonStarted _,
          Event.MilestoneRequested _,
          Event.ShutdownRequested _,
          Event.FileObserved _,
          Event.Answered _,
          Event.RestarterConnected _,
          Event.RestarterDisconnected _,
          Event.RestarterReported _,
          Event.RemoteStateChanged _ -> {}
    }
  }

  Rehearsed rehearse(Caller caller, Request request) throws IOException {
    List<Event> events = new ArrayList<>();
    List<Event> refreshes = new ArrayList<>();
    boolean configures = false;
    RecordedAnswer answer = new RecordedAnswer();
    Request once = request instanceof InstanceRequest.Act act ? act.asynchronous() : request;
    try {
      Machine rehearsed = // before: see there
          new RehearsedMachine(machine, caller.peer().pid(), events::add);
      configures =
          configuration.rehearse(
              rehearsed,
              events::add,
              copy -> {
                new Changes(rehearsed, copy, authorizer, backlog).serve(caller, once, answer);
                if (events.isEmpty() && answer.outcome().isOk()) {
                  refreshes.addAll(refreshes(caller, request, copy));
                }
              });
    } catch (Configuration.RefusedException e) {
      answer.fail(e.kind(), String.valueOf(e.getMessage()));
    }
    return new Rehearsed(answer.replies(), answer.outcome(), events, refreshes, configures);
  }

  /// The refreshes of the instances that are configured otherwise now.
  private List<Event> refreshes(Caller caller, Request request, Configuration copy) {
    List<String> entities =
        switch (request) {
          case ConfigurationRequest.Edit edit -> List.of(edit.entity());
          case ConfigurationRequest.Revert revert -> List.of(revert.entity());
          case ConfigurationRequest.DeleteCustomizations delete -> List.of(delete.entity());
          case EditingRequest.Script script ->
              script.edits().stream().map(ConfigurationRequest.Edit::entity).toList();
          case EditingRequest.EditDependency edge -> List.of(edge.entity());
          case Request _ -> List.of();
        };
    Set<InstanceFmri> instances = new LinkedHashSet<>();
    entities.forEach(entity -> instances.addAll(instances(entity)));
    List<Event> refreshes = new ArrayList<>();
    for (InstanceFmri instance : instances) {
      if (copy.composed(instance).equals(configuration.composed(instance))) {
        continue;
      }
      try {
        refreshes.add(copy.refreshed(instance, caller.actor()));
      } catch (Configuration.RefusedException e) {
        // It is gone already, so no refresh will reach it.
      }
    }
    return refreshes;
  }

  private List<InstanceFmri> instances(String entity) {
    Operands operands = Operands.any(List.of(entity), machine.catalogue());
    if (!operands.fmris().isEmpty()) {
      return operands.fmris();
    }
    try {
      return machine.instancesOf(Fmri.parse(entity).serviceFmri());
    } catch (IllegalArgumentException notAService) {
      return List.of();
    }
  }
}
