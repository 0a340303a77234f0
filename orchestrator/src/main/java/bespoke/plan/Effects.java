package bespoke.plan;

import bespoke.engine.Engine;
import bespoke.graph.DependencyGraph;
import bespoke.graph.DependencyGroup;
import bespoke.graph.InstanceVertex;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Severity;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sums up for every instance what a simulated run did to it.
final class Effects {
  private final Before before;
  private final Engine after;
  private final Waves waves;
  private final Map<InstanceFmri, Effect> effects = new LinkedHashMap<>();

  Effects(Before before, Engine after, Waves waves) {
    this.before = before;
    this.after = after;
    this.waves = waves;
  }

  List<Effect> all() {
    waves.moments().forEach(this::moved);
    List<Effect> all = new ArrayList<>(effects.values());
    all.sort(Comparator.comparingInt(Effect::wave)); // stable: in a wave, as it happened
    all.addAll(staying());
    return all;
  }

  private void moved(InstanceFmri instance, List<Waves.Moment> moments) {
    Effect.Kind kind = kind(instance, moments);
    if (kind == null) {
      return;
    }
    Waves.Moment end = end(kind, moments);
    Waves.Moment begin = begin(kind, moments);
    effects.put(
        instance,
        new Effect(
            instance,
            kind,
            end.wave(),
            end.at(),
            before.state(instance).toString(),
            state(instance).toString(),
            why(kind, begin.transition()),
            waves.pathTo(begin.transition()),
            lost(instance)));
  }

  private Effect.@Nullable Kind kind(InstanceFmri instance, List<Waves.Moment> moments) {
    if (waves.forgotten().contains(instance)) {
      boolean cameAndWent = before.of(instance).isEmpty();
      return cameAndWent ? null : Effect.Kind.DELETE;
    }
    boolean was = before.isRunning(instance);
    boolean is = state(instance).isRunning();
    boolean wentDown =
        moments.stream()
            .map(Waves.Moment::transition)
            .anyMatch(it -> it.from().isRunning() && !it.to().isRunning());
    if (was && is && wentDown) {
      return Effect.Kind.RESTART;
    }
    if (was != is) {
      return is ? Effect.Kind.START : Effect.Kind.STOP;
    }
    if (was && moments.stream().anyMatch(it -> it.transition().severity() == Severity.REFRESH)) {
      return Effect.Kind.REFRESH;
    }
    return before.state(instance) == state(instance) ? null : Effect.Kind.CHANGE;
  }

  private InstanceState state(InstanceFmri instance) {
    return after
        .status(instance)
        .map(it -> it.runtime().state())
        .orElse(InstanceState.UNINITIALIZED);
  }

  /// When the effect is over.
  private static Waves.Moment end(Effect.Kind kind, List<Waves.Moment> moments) {
    for (Waves.Moment moment : moments.reversed()) {
      Transition transition = moment.transition();
      if (transition.changesState()
          || kind == Effect.Kind.REFRESH && transition.severity() == Severity.REFRESH) {
        return moment;
      }
    }
    return moments.getLast();
  }

  /// The transition that says why.
  private static Waves.Moment begin(Effect.Kind kind, List<Waves.Moment> moments) {
    boolean goesDown = kind.isInterruption() || kind == Effect.Kind.DELETE;
    for (Waves.Moment moment : moments) {
      Transition transition = moment.transition();
      if (goesDown && transition.from().isRunning() && !transition.to().isRunning()) {
        return moment;
      }
    }
    return goesDown ? moments.getFirst() : end(kind, moments);
  }

  private static String why(Effect.Kind kind, Transition transition) {
    boolean saysWhyItRan = transition.auxiliary() == AuxiliaryState.DEPENDENCIES_SATISFIED;
    String text =
        kind == Effect.Kind.REFRESH && saysWhyItRan
            ? "a refresh was asked for"
            : transition.auxiliary().text();
    return transition.because().map(it -> text + " (" + it + ")").orElse(text);
  }

  /// Why it does not run in the end though it should, when that is news.
  private String lost(InstanceFmri instance) {
    Optional<InstanceStatus> status = after.status(instance);
    boolean isWanted = status.map(it -> it.enabled().effective()).orElse(false);
    if (!isWanted || state(instance).isRunning() || after.isShuttingDown()) {
      return "";
    }
    if (state(instance) == InstanceState.MAINTENANCE) {
      return status.map(it -> it.runtime().auxiliary().text()).orElse("");
    }
    InstanceVertex vertex = after.graph().instance(instance);
    return vertex == null ? "" : Obstacles.of(vertex, after);
  }

  // --- who stays

  private List<Effect> staying() {
    Map<InstanceFmri, Effect> staying = new LinkedHashMap<>();
    for (Effect effect : effects.values()) {
      InstanceVertex vertex = after.graph().instance(effect.instance());
      if (vertex == null || !effect.kind().isInterruption()) {
        continue;
      }
      for (DependencyGroup group : after.graph().dependents(vertex)) {
        InstanceFmri dependent = group.dependent().fmri();
        if (!group.isExclusion()
            && !group.isRestarter()
            && !effects.containsKey(dependent)
            && before.isRunning(dependent)
            && state(dependent).isRunning()) {
          staying.computeIfAbsent(dependent, _ -> stays(group, effect));
        }
      }
    }
    stranded(staying);
    return List.copyOf(staying.values());
  }

  /// Those that run on, though what they need is gone: they could not start again.
  private void stranded(Map<InstanceFmri, Effect> staying) {
    for (InstanceFmri instance : before.statuses().keySet()) {
      InstanceVertex vertex = after.graph().instance(instance);
      boolean isNews = !before.unmet().contains(instance) && Before.isUnmet(instance, after);
      if (vertex == null || !isNews || effects.containsKey(instance)) {
        continue;
      }
      if (before.isRunning(instance) && state(instance).isRunning()) {
        Effect known = staying.get(instance);
        String state = state(instance).toString();
        staying.put(
            instance,
            new Effect(
                instance,
                Effect.Kind.STAY,
                0,
                Duration.ZERO,
                state,
                state,
                known == null ? "it runs already" : known.why(),
                known == null ? List.of() : known.path(),
                Obstacles.of(vertex, after)));
      }
    }
  }

  private Effect stays(DependencyGroup group, Effect because) {
    InstanceFmri instance = group.dependent().fmri();
    String state = state(instance).toString();
    String name = group.dependency().grouping() + " \"" + group.dependency().name() + "\"";
    String why =
        switch (group.dependency().grouping()) {
          case REQUIRE_ANY -> {
            List<String> left = running(group);
            yield left.isEmpty()
                ? name + " has restart_on " + group.dependency().restartOn()
                : name + " still holds through " + String.join(", ", left);
          }
          case OPTIONAL_ALL -> name + " does not need " + because.instance();
          case REQUIRE_ALL, EXCLUDE_ALL ->
              name + " has restart_on " + group.dependency().restartOn();
        };
    return new Effect(
        instance,
        Effect.Kind.STAY,
        0,
        because.at(),
        state,
        state,
        why,
        List.of(because.instance()),
        "");
  }

  private static List<String> running(DependencyGroup group) {
    return DependencyGraph.instancesOf(group).stream()
        .filter(it -> it.condition().isRunning())
        .map(it -> it.fmri().toString())
        .toList();
  }
}
