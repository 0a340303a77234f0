package bespoke.journal.report;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.journal.Entry;
import bespoke.model.Actor;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Probe;
import bespoke.model.Readiness;
import bespoke.model.RuntimeState;
import bespoke.model.Template;
import bespoke.model.Transition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// An entry of the journal without secrets, with which the engine still decides the same: only
/// texts change that it never looks into. Environment values go altogether.
public final class Redaction {
  private Redaction() {}

  /// The entry without secrets.
  public static Entry of(Entry entry) {
    Envelope envelope = entry.envelope();
    return new Entry(
        new Envelope(
            envelope.id(),
            envelope.atEpochMillis(),
            envelope.nanos(),
            envelope.cause(),
            envelope.actor().map(Redaction::of),
            of(envelope.event())),
        entry.transitions().stream().map(Redaction::of).toList(),
        entry.fingerprint());
  }

  private static Actor of(Actor actor) {
    return new Actor(
        actor.user(),
        actor.uid(),
        actor.loginUid(),
        actor.pid(),
        Secrets.remove(actor.commandLine()));
  }

  /// A transition without secrets.
  public static Transition of(Transition transition) {
    return transition.detail().isEmpty()
        ? transition
        : new Transition(
            transition.instance(),
            transition.from(),
            transition.to(),
            transition.next(),
            transition.auxiliary(),
            transition.severity(),
            transition.because(),
            Secrets.remove(transition.detail()),
            transition.atEpochMillis(),
            transition.cause());
  }

  private static Event of(Event event) {
    return switch (event) {
      case Event.DefinitionsImported it ->
          new Event.DefinitionsImported(
              it.imports().stream().map(Redaction::of).toList(), it.removed());
      case Event.RefreshRequested it ->
          new Event.RefreshRequested(it.instance(), of(it.definition()));
      case Event.EnableRequested it ->
          new Event.EnableRequested(
              it.instance(), it.enabled(), it.temporary(), Secrets.remove(it.comment()));
      case Event.StatusReported it ->
          new Event.StatusReported(it.instance(), it.contract(), Secrets.remove(it.text()));
      case Event.ProbeAnswered it ->
          new Event.ProbeAnswered(it.instance(), it.run(), it.well(), Secrets.remove(it.detail()));
      case Event.MethodExited it ->
          new Event.MethodExited(it.instance(), it.run(), of(it.outcome()), it.waitStatus());
      case Event.RestarterReported it ->
          new Event.RestarterReported(
              it.restarter(),
              it.instance(),
              it.state(),
              it.next(),
              it.auxiliary(),
              it.severity(),
              Secrets.remove(it.detail()));
      case Event.DaemonStarted _,
          Event.FileObserved _,
          Event.Requested _,
          Event.Answered _,
          Event.RestarterConnected _,
          Event.RestarterDisconnected _,
          Event.RemoteStateChanged _ ->
          event; // nothing in it but names and numbers
    };
  }

  private static MethodOutcome of(MethodOutcome outcome) {
    return outcome instanceof MethodOutcome.NotRun(String reason, boolean retryable)
        ? new MethodOutcome.NotRun(Secrets.remove(reason), retryable)
        : outcome;
  }

  private static Event.InstanceImport of(Event.InstanceImport one) {
    EnabledSetting enabled = one.enabled();
    return new Event.InstanceImport(
        of(one.definition()),
        new EnabledSetting(
            enabled.permanent(), enabled.override(), Secrets.remove(enabled.comment())),
        one.restored().map(Redaction::of));
  }

  private static RuntimeState of(RuntimeState state) {
    return new RuntimeState(
        state.state(),
        state.next(),
        state.auxiliary(),
        state.auxiliaryFmri(),
        state.sinceEpochMillis(),
        state.contract(),
        state.methodContract(),
        state.startPid(),
        state.startWaitStatus(),
        state.failures(),
        state.failureTimesEpochMillis(),
        state.run(),
        Secrets.remove(state.detail()),
        Secrets.remove(state.statusText()),
        state.progress());
  }

  /// A definition without secrets.
  public static InstanceDefinition of(InstanceDefinition definition) {
    Map<MethodKind, Method> methods = new EnumMap<>(MethodKind.class);
    definition.methods().forEach((kind, method) -> methods.put(kind, of(method)));
    return new InstanceDefinition(
        definition.fmri(),
        definition.restarter(),
        definition.dependencies(),
        methods,
        definition.startd(),
        of(definition.readiness()),
        definition.monitor().map(Redaction::of),
        definition.resources(),
        new Template(
            definition.template().commonName(), definition.template().description(), List.of()),
        definition.invalid(),
        definition.problems().stream().map(Secrets::remove).toList(),
        definition.origin());
  }

  private static Method of(Method method) {
    return new Method(
        method.kind(),
        method.form() == Method.Form.COMMAND ? Secrets.remove(method.exec()) : method.exec(),
        method.timeout(),
        method.onTimeout(),
        of(method.context()),
        method.origin());
  }

  private static MethodContext of(MethodContext context) {
    return new MethodContext(
        context.given(),
        context.user(),
        context.group(),
        context.supplementaryGroups(),
        context.workingDirectory(),
        context.environment().stream().map(Secrets::removeValue).toList(),
        context.umask(),
        context.limits(),
        context.capabilities(),
        context.noNewPrivileges(),
        context.nice(),
        context.oomScoreAdjust());
  }

  private static Readiness of(Readiness readiness) {
    return new Readiness(
        readiness.kind(),
        readiness.descriptor(),
        readiness.probe().map(Redaction::of),
        readiness.timeout());
  }

  private static Probe of(Probe probe) {
    return new Probe(
        probe.kind(),
        Secrets.remove(probe.target()),
        probe.interval(),
        probe.timeout(),
        probe.failures(),
        probe.successes(),
        probe.onFailure(),
        of(probe.context()),
        probe.origin());
  }
}
