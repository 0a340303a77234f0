package bespoke.engine;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Answers every decision at once with success and keeps nothing, so that what is measured is the
/// engine.
public final class InstantWorld {
  private static final Map<MethodKind, Method> METHODS =
      Map.of(
          MethodKind.START, method(MethodKind.START, "/start"),
          MethodKind.STOP, method(MethodKind.STOP, ":kill"));

  private final Engine engine = new Engine();
  private final Deque<Event> answers = new ArrayDeque<>();
  private long envelopes;
  private long transitions;

  /// All instances, enabled, with a start command and `:kill`, brought online.
  public InstantWorld(List<InstanceDefinition> definitions) {
    List<Event.InstanceImport> imports =
        definitions.stream()
            .map(it ->
                new Event.InstanceImport(
                    withMethods(it), EnabledSetting.permanently(true), Optional.empty()))
            .toList();
    happen(new Event.DefinitionsImported(imports, List.of()));
  }

  /// The same with methods.
  public static InstanceDefinition withMethods(InstanceDefinition it) {
    return new InstanceDefinition(
        it.fmri(),
        it.restarter(),
        it.dependencies(),
        METHODS,
        it.startd(),
        it.readiness(),
        it.monitor(),
        it.resources(),
        it.template(),
        it.invalid(),
        it.problems(),
        it.origin());
  }

  private static Method method(MethodKind kind, String exec) {
    return new Method(
        kind,
        Optional.of(exec),
        Optional.empty(),
        Method.OnTimeout.MAINTENANCE,
        MethodContext.NONE,
        Origin.UNKNOWN);
  }

  /// The event, and all that follows; returns how many transitions were committed.
  public long happen(Event event) {
    long before = transitions;
    answers.add(event);
    while (!answers.isEmpty()) {
      Envelope envelope =
          new Envelope(++envelopes, 1, envelopes, 0, Optional.empty(), answers.remove());
      engine.handle(envelope).forEach(this::answer);
    }
    engine.takeTouched();
    return transitions - before;
  }

  private void answer(Decision decision) {
    switch (decision) {
      case Decision.RunMethod it ->
          answers.add(
              new Event.MethodExited(
                  it.instance(), it.run(), new MethodOutcome.Exited(0), OptionalInt.of(0)));
      case Decision.SignalContract it ->
          answers.add(new Event.ContractEmptied(it.instance(), it.contract()));
      case Decision.KillContract it ->
          answers.add(new Event.ContractEmptied(it.instance(), it.contract()));
      case Decision.RecordTransition it -> transitions++;
      default -> {} // nothing else asks for an answer here
    }
  }

  /// How many are online.
  public long online() {
    return engine.statuses().stream().filter(it -> it.runtime().state().isRunning()).count();
  }

  /// Restarts an instance.
  public long restart(InstanceFmri instance) {
    return happen(new Event.RestartRequested(instance, false));
  }
}
