package bespoke.plan;

import bespoke.engine.Decision;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.Severity;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Watches a simulation and notes what follows from what: a change of state is one wave after the
/// change that led to it, however long either takes.
final class Waves {
  private final Simulation simulation;
  private final Map<Long, Integer> waves = new HashMap<>();
  private final Map<Long, List<Transition>> changes = new HashMap<>();
  private final Map<Long, Long> causes = new HashMap<>();

  /// Imports of several definitions: none of them is the one through which another moves.
  private final Set<Long> manifold = new HashSet<>();

  private final Map<InstanceFmri, List<Moment>> moments = new LinkedHashMap<>();
  private final List<Plan.Step> steps = new ArrayList<>();
  private final List<InstanceFmri> forgotten = new ArrayList<>();
  private Duration last = Duration.ZERO;

  /// A transition with its time and place.
  record Moment(int wave, Duration at, Transition transition) {}

  Waves(Simulation simulation) {
    this.simulation = simulation;
    simulation.witness(this::happens);
    simulation.observe(this::decided);
  }

  private void happens(Envelope envelope) {
    long cause = envelope.cause();
    boolean isAsked = envelope.event() instanceof Event.Requested; // a path begins there
    causes.put(envelope.id(), isAsked ? 0 : cause);
    if (envelope.event() instanceof Event.DefinitionsImported(var imports, var removed)
        && imports.size() + removed.size() > 1) {
      manifold.add(envelope.id());
    }
    int before = waves.getOrDefault(cause, 1);
    waves.put(envelope.id(), changes.containsKey(cause) ? before + 1 : before);
    if (envelope.event() instanceof Event.TimerFired) {
      waves.merge(envelope.id(), 1, Integer::max);
    }
  }

  private void decided(Decision decision) {
    if (decision instanceof Decision.ForgetInstance(InstanceFmri instance, _)) {
      forgotten.add(instance);
    }
    if (!(decision instanceof Decision.RecordTransition(Transition transition))) {
      return;
    }
    int wave = waves.getOrDefault(transition.cause(), 1);
    Duration at = simulation.elapsed();
    boolean isRefresh = transition.severity() == Severity.REFRESH;
    last = at;
    moments
        .computeIfAbsent(transition.instance(), _ -> new ArrayList<>())
        .add(new Moment(wave, at, transition));
    if (transition.changesState() || isRefresh) {
      changes.computeIfAbsent(transition.cause(), _ -> new ArrayList<>(1)).add(transition);
    }
    if (transition.changesState()) {
      steps.add(new Plan.Step(wave, at, transition));
    }
  }

  /// Every change of state, in order.
  List<Plan.Step> steps() {
    return steps;
  }

  /// Every transition of every instance that moved.
  Map<InstanceFmri, List<Moment>> moments() {
    return moments;
  }

  /// The instances that are no more.
  List<InstanceFmri> forgotten() {
    return forgotten;
  }

  /// When the last thing happened.
  Duration last() {
    return last;
  }

  /// The instances through which a transition was reached, the first one first; its own excluded.
  List<InstanceFmri> pathTo(Transition transition) {
    List<InstanceFmri> path = new ArrayList<>();
    transition.because().ifPresent(path::add);
    for (long id = causes.getOrDefault(transition.cause(), 0L);
        id != 0 && !manifold.contains(id);
        id = causes.getOrDefault(id, 0L)) {
      for (Transition change : changes.getOrDefault(id, List.of())) {
        if (!change.instance().equals(transition.instance()) && !path.contains(change.instance())) {
          path.addFirst(change.instance());
          break;
        }
      }
    }
    return path;
  }
}
