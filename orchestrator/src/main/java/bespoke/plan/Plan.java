package bespoke.plan;

import bespoke.engine.Event;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the engine would do if something were asked for now, found by asking a copy of it in the
/// simulated world: every method succeeds and takes the time that is expected of it.
///
/// @param steps the changes of state, in their order
/// @param effects what becomes of each instance that is affected, in the order of the waves; those
///   that stay are last
/// @param duration from the request until nothing moves any more
/// @param isLearned whether the duration rests on earlier starts rather than on guesses alone
/// @param isComplete whether everything came to rest; otherwise something never does
public record Plan(
    List<Step> steps,
    List<Effect> effects,
    Duration duration,
    boolean isLearned,
    boolean isComplete) {

  /// Nothing happens.
  public static final Plan EMPTY = new Plan(List.of(), List.of(), Duration.ZERO, false, true);

  /// Beyond so much simulated time a plan is cut off: something never comes to rest.
  private static final Duration DURATION_MAX = Duration.ofHours(12);

  private static final int EVENTS_MAX = 5_000_000;

  public Plan {
    steps = List.copyOf(steps);
    effects = List.copyOf(effects);
  }

  /// One change of state.
  ///
  /// @param wave from 1; a wave follows from the one before
  /// @param at how long after the request
  public record Step(int wave, Duration at, Transition transition) {}

  /// Whether nothing would happen.
  public boolean isEmpty() {
    return steps.isEmpty() && effects.stream().noneMatch(it -> it.kind().isChange());
  }

  /// How many instances have this effect.
  public long count(Effect.Kind kind) {
    return effects.stream().filter(effect -> effect.kind() == kind).count();
  }

  /// The instances that go down, if only for a moment, though they were not named.
  public List<Effect> harm(Set<InstanceFmri> named) {
    return effects.stream()
        .filter(it -> it.kind().isInterruption() && !named.contains(it.instance()))
        .toList();
  }

  /// What is done from outside while a plan is made.
  @FunctionalInterface
  public interface Course {
    /// Begins it and lets everything happen that follows.
    ///
    /// @return whether everything came to rest
    boolean run(Simulation simulation);
  }

  /// The plan for what people ask for, in order, at the same moment.
  ///
  /// @param present its engine is used up
  /// @param exists which files there are
  public static Plan of(
      Present present, List<Event> asked, Durations durations, Predicate<FileFmri> exists) {
    return of(
        present,
        simulation -> {
          asked.forEach(event -> simulation.happen(event, Optional.empty()));
          return settle(simulation);
        },
        durations,
        exists);
  }

  /// The plan for a longer course of events.
  ///
  /// @param present its engine is used up
  /// @param exists which files there are
  public static Plan of(
      Present present, Course course, Durations durations, Predicate<FileFmri> exists) {
    Prediction prediction = new Prediction(durations, fmri -> present.engine().status(fmri));
    return of(present, course, prediction::of, durations, exists);
  }

  /// What follows from whatever happens, in services that behave like this.
  static Plan of(
      Present present,
      Course course,
      Function<InstanceFmri, Behaviour> behaviours,
      Durations durations,
      Predicate<FileFmri> exists) {
    Simulation simulation = Simulation.from(present, behaviours, exists);
    Before before = Before.of(present.engine());
    Waves waves = new Waves(simulation);
    boolean complete = course.run(simulation);
    List<Step> steps = waves.steps();
    List<Effect> effects = new Effects(before, present.engine(), waves).all();
    Duration last = waves.last();
    boolean learned =
        effects.stream()
            .anyMatch(it -> it.kind().isChange() && durations.of(it.instance()).isLearned());
    return new Plan(steps, effects, last, learned, complete);
  }

  /// Lets everything happen that follows, within what a plan looks at.
  ///
  /// @return whether everything came to rest
  static boolean settle(Simulation simulation) {
    return simulation.settle(DURATION_MAX, EVENTS_MAX);
  }
}
