package bespoke.control;

import bespoke.api.ActedRecord;
import bespoke.api.ErrorKind;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.api.OperandMatcher;
import bespoke.api.Outcome;
import bespoke.engine.Event;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `svcadm` asks for (svcadm(8); smf.md 8.3).
final class Actions {
  private static final String PERMISSION_DENIED = ": Permission denied.";

  private final Machine machine;
  private final Configuration configuration;
  private final Authorizer authorizer;
  private final Waiting waiting;

  Actions(Machine machine, Configuration configuration, Authorizer authorizer, Waiting waiting) {
    this.machine = machine;
    this.configuration = configuration;
    this.authorizer = authorizer;
    this.waiting = waiting;
  }

  /// What is done to every instance.
  enum Action {
    ENABLE,
    DISABLE,
    RESTART,
    REFRESH,
    CLEAR,
    MARK_MAINTENANCE,
    MARK_DEGRADED;

    static Optional<Action> named(String word) {
      for (Action action : values()) {
        if (action.name().equalsIgnoreCase(word)) {
          return Optional.of(action);
        }
      }
      return Optional.empty();
    }
  }

  /// One request under way.
  ///
  /// @param acted who got an event
  /// @param messages about those who did not
  private record Round(
      Caller caller,
      InstanceRequest.Act request,
      Action action,
      Answer answer,
      List<InstanceFmri> acted,
      List<String> messages) {
    Round(Caller caller, InstanceRequest.Act request, Action action, Answer answer) {
      this(caller, request, action, answer, new ArrayList<>(), new ArrayList<>());
    }
  }

  void act(Caller caller, InstanceRequest.Act request, Answer answer) throws IOException {
    Optional<Action> action = Action.named(request.action());
    if (action.isEmpty()) {
      answer.fail(ErrorKind.BAD_REQUEST, "unknown action \"" + request.action() + "\"");
      return;
    }
    if (action.get() == Action.MARK_DEGRADED && request.temporary()) {
      answer.end(usage("-t may not be used with degraded."));
      return;
    }
    if (action.get() == Action.RESTART && isDaemon(request.operands())) {
      restartDaemon(caller, answer);
      return;
    }
    Operands operands = operands(request);
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    Round round = new Round(caller, request, action.get(), answer);
    for (InstanceFmri fmri : operands.fmris()) {
      one(round, fmri);
    }
    if (request.synchronous() && !round.acted().isEmpty()) {
      answer.flush();
      Waiting.Result result = waiting.await(round.action(), round.acted(), answer);
      round.messages().addAll(result.messages());
      answer.end(operands.outcome(round.messages(), result.status()));
      return;
    }
    answer.end(operands.outcome(round.messages(), 0));
  }

  /// The daemon is an instance by name alone: it is not in the graph.
  private static boolean isDaemon(List<String> operands) {
    String name = InstanceDefinition.MASTER_RESTARTER.toString();
    return operands.size() == 1
        && (OperandMatcher.canonical(operands.getFirst()).equals(name)
            || (operands.getFirst() + ":default").equals(name));
  }

  private void restartDaemon(Caller caller, Answer answer) throws IOException {
    if (!authorizer.mayManage(caller)) {
      answer.fail(ErrorKind.PERMISSION, InstanceDefinition.MASTER_RESTARTER + PERMISSION_DENIED);
      return;
    }
    try {
      Runnable restart = machine.restartDaemon(caller.actor());
      try {
        answer.add(new ActedRecord(InstanceDefinition.MASTER_RESTARTER.toString()));
        answer.end(Outcome.OK);
      } finally {
        restart.run(); // also when the caller went away meanwhile
      }
    } catch (Machine.BusyException e) {
      answer.fail(ErrorKind.LIMIT, String.valueOf(e.getMessage()));
    }
  }

  private static Outcome usage(String message) {
    return new Outcome(ErrorKind.STATE.word(), 2, List.of(message), List.of());
  }

  private Operands operands(InstanceRequest.Act request) {
    if (request.inState().isEmpty()) {
      return Operands.unambiguous(request.operands(), machine.catalogue());
    }
    InstanceState wanted = InstanceState.named(request.inState());
    List<InstanceFmri> fmris = new ArrayList<>();
    for (InstanceStatus status : machine.statuses()) {
      if (status.runtime().state() == wanted) {
        fmris.add(status.fmri());
      }
    }
    return new Operands(fmris, List.of(), Optional.empty());
  }

  private void one(Round round, InstanceFmri fmri) throws IOException {
    Optional<InstanceStatus> status = machine.status(fmri);
    if (status.isEmpty()) {
      round.messages().add("No such instance \"" + fmri + "\".");
      return;
    }
    switch (round.action()) {
      case ENABLE -> enable(round, status.get());
      case DISABLE, RESTART, REFRESH, CLEAR, MARK_MAINTENANCE, MARK_DEGRADED ->
          permitted(round, status.get());
    }
  }

  private void enable(Round round, InstanceStatus status) throws IOException {
    if (!round.request().recursive()) {
      permitted(round, status);
      return;
    }
    EnableClosure closure = new EnableClosure(machine);
    Optional<String> cycle = closure.walk(status);
    for (String note : closure.notes()) {
      round.answer().add(new NoteRecord(note, false));
    }
    for (String warning : closure.warnings()) {
      round.answer().add(new NoteRecord(warning, true));
    }
    if (cycle.isPresent()) {
      round.messages().add(cycle.get());
      return;
    }
    for (InstanceStatus member : closure.members()) {
      permitted(round, member);
    }
  }

  private void permitted(Round round, InstanceStatus status) throws IOException {
    InstanceFmri fmri = status.fmri();
    if (!mayAct(round, fmri)) {
      round.messages().add(fmri + PERMISSION_DENIED);
      return;
    }
    try {
      Optional<Event.Requested> event = event(round, status);
      if (event.isPresent()) {
        machine.request(event.get(), round.caller().actor());
        round.acted().add(fmri);
        round.answer().add(new ActedRecord(fmri.toString()));
      }
    } catch (Machine.BusyException | Configuration.RefusedException e) {
      round.messages().add(fmri + ": " + e.getMessage());
    }
  }

  private boolean mayAct(Round round, InstanceFmri fmri) {
    boolean enables = round.action() == Action.ENABLE || round.action() == Action.DISABLE;
    return enables && !round.request().temporary()
        ? authorizer.mayEnable(round.caller(), () -> configuration.composed(fmri))
        : authorizer.mayAct(round.caller(), () -> configuration.composed(fmri));
  }

  private Optional<Event.Requested> event(Round round, InstanceStatus status)
      throws Configuration.RefusedException {
    InstanceRequest.Act request = round.request();
    InstanceFmri fmri = status.fmri();
    return switch (round.action()) {
      case ENABLE -> Optional.of(new Event.EnableRequested(fmri, true, request.temporary(), ""));
      case DISABLE ->
          Optional.of(
              new Event.EnableRequested(fmri, false, request.temporary(), request.comment()));
      case RESTART -> Optional.of(new Event.RestartRequested(fmri, request.dump()));
      case REFRESH -> Optional.of(configuration.refreshed(fmri, round.caller().actor()));
      case CLEAR -> clear(round, status);
      case MARK_MAINTENANCE -> Optional.of(mark(round, fmri, InstanceState.MAINTENANCE));
      case MARK_DEGRADED -> markDegraded(round, status);
    };
  }

  private static Optional<Event.Requested> clear(Round round, InstanceStatus status) {
    InstanceState state = status.runtime().state();
    if (state == InstanceState.MAINTENANCE || state == InstanceState.DEGRADED) {
      return Optional.of(new Event.ClearRequested(status.fmri()));
    }
    round
        .messages()
        .add("Instance \"" + status.fmri() + "\" is not in a maintenance or degraded state.");
    return Optional.empty();
  }

  private Optional<Event.Requested> markDegraded(Round round, InstanceStatus status) {
    if (status.runtime().state() == InstanceState.ONLINE) {
      return Optional.of(mark(round, status.fmri(), InstanceState.DEGRADED));
    }
    round.messages().add("Instance \"" + status.fmri() + "\" is not online.");
    return Optional.empty();
  }

  private Event.MarkRequested mark(Round round, InstanceFmri fmri, InstanceState state) {
    return new Event.MarkRequested(
        fmri,
        state,
        round.request().immediate(),
        round.request().temporary(),
        machine.instanceOf(round.caller().peer().pid()),
        round.request().onTerminal());
  }
}
