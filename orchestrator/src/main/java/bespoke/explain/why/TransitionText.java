package bespoke.explain.why;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.explain.why.Account.Link;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Transition;
import java.util.Optional;

/// Says in a clause what an instance did, and why.
final class TransitionText {
  static final String BEGAN_TO_START = "began to start";
  static final String CAME_ONLINE = "came online";
  static final String BEGAN_TO_STOP = "began to stop";
  static final String STOPPED = "stopped";
  static final String STOPPED_DISABLED = "stopped, disabled,";

  private TransitionText() {}

  static Link link(Transition transition, Optional<Envelope> event) {
    return new Link(
        transition.instance(),
        transition.cause(),
        transition.atEpochMillis(),
        deed(transition),
        because(transition, event),
        isRoutine(transition));
  }

  private static boolean isRoutine(Transition transition) {
    if (!transition.changesState()) {
      return isBeginOfStart(transition);
    }
    return switch (transition.to()) {
      case ONLINE -> true;
      case OFFLINE -> !transition.from().isRunning();
      case UNINITIALIZED, DISABLED, DEGRADED, MAINTENANCE, LEGACY_RUN -> false;
    };
  }

  private static boolean isBeginOfStart(Transition transition) {
    return !transition.changesState()
        && transition.next() == InstanceState.ONLINE
        && !transition.from().isRunning();
  }

  private static String deed(Transition transition) {
    if (!transition.changesState()) {
      return intention(transition);
    }
    boolean wasRunning = transition.from().isRunning();
    return switch (transition.to()) {
      case ONLINE -> wasRunning ? "recovered" : CAME_ONLINE;
      case DEGRADED -> wasRunning ? "became degraded" : "came up degraded";
      case OFFLINE -> wasRunning ? STOPPED : "was enabled";
      case DISABLED -> wasRunning ? STOPPED_DISABLED : "was disabled";
      case MAINTENANCE -> "went to maintenance";
      case UNINITIALIZED -> "left maintenance";
      case LEGACY_RUN -> "ran";
    };
  }

  private static String intention(Transition transition) {
    InstanceState next = transition.next();
    if (next == null) {
      return "stayed " + transition.to();
    }
    if (transition.from().isRunning()) {
      return next.isRunning() ? "was refreshed" : BEGAN_TO_STOP;
    }
    return next.isRunning() ? BEGAN_TO_START : "began to change to " + next;
  }

  private static String because(Transition transition, Optional<Envelope> event) {
    Optional<InstanceFmri> other = transition.because();
    String why =
        other
            .map(fmri -> "it depends on " + fmri + ", which " + othersDeed(transition))
            .or(() -> event.flatMap(it -> ownEvent(transition, it)))
            .orElse(transition.auxiliary().text());
    boolean isTold = event.filter(it -> it.event() instanceof Event.MemberDied).isPresent();
    boolean says = !isTold && !transition.detail().isEmpty() && !why.contains(transition.detail());
    return says ? why + ": " + transition.detail() : why;
  }

  private static String othersDeed(Transition transition) {
    return transition.auxiliary() == AuxiliaryState.DEPENDENCY_ACTIVITY
        ? "stopped or restarted"
        : "changed";
  }

  /// The event as the reason, where it says more than the auxiliary state.
  private static Optional<String> ownEvent(Transition transition, Envelope envelope) {
    Event event = envelope.event();
    boolean isOwn = EventText.subject(event).equals(Optional.of(transition.instance()));
    return switch (event) {
      case Event.Requested requested when isOwn -> Optional.of(EventText.clause(envelope));
      case Event.MilestoneRequested it -> Optional.of(EventText.clause(envelope));
      case Event.ShutdownRequested it -> Optional.of(EventText.clause(envelope));
      case Event.Requested requested -> Optional.empty();
      case Event.TimerFired it -> Optional.empty();
      case Event.MethodExited it when isOwn && !isBeginOfStart(transition) ->
          Optional.of(method(transition, envelope));
      case Event.Answered it when isBeginOfStart(transition) -> Optional.empty();
      case Event.Answered it -> isOwn ? Optional.of(EventText.clause(envelope)) : Optional.empty();
      case Event.FileObserved it -> Optional.of(EventText.clause(envelope));
      case Event.DaemonStarted it -> Optional.empty();
      case Event.DefinitionsImported it ->
          transition.auxiliary() == AuxiliaryState.DEPENDENCIES_SATISFIED
              ? Optional.empty()
              : Optional.of(EventText.clause(envelope));
      case Event.RestarterConnected it -> Optional.empty();
      case Event.RestarterDisconnected it -> Optional.empty();
      case Event.RestarterReported it ->
          isOwn ? Optional.of(EventText.clause(envelope)) : Optional.empty();
      case Event.RemoteStateChanged it ->
          isOwn ? Optional.of(EventText.clause(envelope)) : Optional.empty();
    };
  }

  private static String method(Transition transition, Envelope envelope) {
    boolean isService = transition.auxiliary() == AuxiliaryState.CT_EV_EXIT;
    String kind =
        isService
            ? "its process "
            : !transition.from().isRunning()
                ? "its start method "
                : transition.to().isRunning() ? "its refresh method " : "its stop method ";
    return EventText.clause(envelope).replace("its method ", kind);
  }
}
