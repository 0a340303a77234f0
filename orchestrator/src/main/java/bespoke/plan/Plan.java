package bespoke.plan;

import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.StartdOptions;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What the engine would do if something were asked for now, found by asking it in the simulated
/// world: every method succeeds and takes one step of time.
///
/// @param steps the changes of state, in their order
public record Plan(List<Step> steps) {
  private static final Duration STEP = Duration.ofSeconds(1);

  /// Beyond so many steps a plan is cut off: something never comes to rest.
  private static final int STEPS_MAX = 10_000;

  private static final int EVENTS_PER_STEP_MAX = 1_000_000;

  public Plan {
    steps = List.copyOf(steps);
  }

  /// One change of state.
  ///
  /// @param wave from 1; what stands in one wave happens together
  public record Step(int wave, Transition transition) {}

  /// The plan for what people ask for, in order, at the same moment.
  ///
  /// @param now every instance as it is
  /// @param exists which files there are
  public static Plan of(List<InstanceStatus> now, List<Event> asked, Predicate<FileFmri> exists) {
    Map<InstanceFmri, Behaviour> behaviours = new HashMap<>();
    now.forEach(status -> behaviours.put(status.fmri(), behaviour(status)));
    Simulation simulation =
        new Simulation(
            new Engine(), 0, 0, fmri -> behaviours.getOrDefault(fmri, Behaviour.INSTANT), exists);
    restore(simulation, now);
    int before = simulation.transitions().size();
    asked.forEach(event -> simulation.happen(event, Optional.empty()));
    settle(simulation);
    return new Plan(
        waves(simulation.transitions().subList(before, simulation.transitions().size())));
  }

  private static Behaviour behaviour(InstanceStatus status) {
    Behaviour usual = Behaviour.INSTANT.starting(STEP).stopping(STEP);
    boolean isTransient = status.definition().startd().duration() == StartdOptions.Style.TRANSIENT;
    return isTransient ? usual.leavingNothing() : usual;
  }

  private static void restore(Simulation simulation, List<InstanceStatus> now) {
    List<Event.InstanceImport> imports = new ArrayList<>(now.size());
    for (InstanceStatus status : now) {
      imports.add(
          new Event.InstanceImport(
              status.definition(), status.enabled(), Optional.of(status.runtime())));
      status
          .runtime()
          .contract()
          .ifPresent(contract ->
              simulation.world().holds(status.fmri(), contract, status.runtime().run()));
    }
    simulation.happen(new Event.DefinitionsImported(imports, List.of()), Optional.empty());
    simulation.run(Duration.ZERO, EVENTS_PER_STEP_MAX);
  }

  private static void settle(Simulation simulation) {
    for (int i = 0; i < STEPS_MAX; i++) {
      simulation.run(simulation.elapsed().plus(STEP), EVENTS_PER_STEP_MAX);
      if (simulation.engine().isSettled()) {
        return;
      }
    }
  }

  private static List<Step> waves(List<Transition> transitions) {
    List<Step> steps = new ArrayList<>();
    int wave = 0;
    long at = -1;
    for (Transition transition : transitions) {
      if (!transition.changesState()) {
        continue;
      }
      if (transition.atEpochMillis() != at) {
        at = transition.atEpochMillis();
        wave++;
      }
      steps.add(new Step(wave, transition));
    }
    return steps;
  }
}
