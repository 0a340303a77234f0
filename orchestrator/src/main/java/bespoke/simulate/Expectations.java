package bespoke.simulate;

import bespoke.engine.Engine;
import bespoke.graph.InstanceVertex;
import bespoke.manifest.scenario.Expectation;
import bespoke.manifest.scenario.Operand;
import bespoke.manifest.scenario.Place;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.plan.Obstacles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds what a step expects against what happened in it.
final class Expectations {
  private static final double NANOS = 1e9;

  private final Stack stack;
  private final Engine engine;
  private final Chronicle chronicle;
  private final String step;
  private final boolean isSettled;
  private final Duration lasted;
  private final Map<InstanceFmri, InstanceState> before;

  /// @param step what happened, for people
  /// @param isSettled whether nothing moves any more
  /// @param lasted how long the step took
  /// @param before the states when it began
  Expectations(
      Stack stack,
      Engine engine,
      Chronicle chronicle,
      String step,
      boolean isSettled,
      Duration lasted,
      Map<InstanceFmri, InstanceState> before) {
    this.stack = stack;
    this.engine = engine;
    this.chronicle = chronicle;
    this.step = step;
    this.isSettled = isSettled;
    this.lasted = lasted;
    this.before = new HashMap<>(before);
  }

  List<Check> of(Expectation expectation) {
    return switch (expectation) {
      case Expectation.State(Place place, Operand services, String state) ->
          stack.matching(services).stream().map(it -> state(place, it, state)).toList();
      case Expectation.Never(Place place, Operand services, List<String> states) ->
          stack.matching(services).stream().map(it -> never(place, it, states)).toList();
      case Expectation.Reaches reaches ->
          stack.matching(reaches.services()).stream().map(it -> reaches(reaches, it)).toList();
      case Expectation.Order(Place place, List<Operand> services) -> order(place, services);
      case Expectation.Restarted(Place place, Operand services) ->
          stack.matching(services).stream().map(it -> restarted(place, it)).toList();
      case Expectation.NotRestarted(Place place, Operand services) ->
          stack.matching(services).stream().map(it -> notRestarted(place, it)).toList();
      case Expectation.Refreshed(Place place, Operand services) ->
          stack.matching(services).stream().map(it -> refreshed(place, it)).toList();
      case Expectation.SettlesWithin(Place place, double seconds) ->
          List.of(settles(place, seconds));
    };
  }

  private InstanceState now(InstanceFmri instance) {
    return engine
        .status(instance)
        .map(it -> it.runtime().state())
        .orElse(InstanceState.UNINITIALIZED);
  }

  private Check check(
      boolean holds, Place place, String expected, String got, InstanceFmri instance) {
    return holds
        ? Check.holds(place, step, expected)
        : new Check(place, step, expected, got, because(instance));
  }

  /// The chain of changes, and what still holds it back.
  private List<String> because(InstanceFmri instance) {
    List<String> lines = new ArrayList<>();
    InstanceVertex vertex = engine.graph().instance(instance);
    if (now(instance) == InstanceState.OFFLINE && vertex != null) {
      lines.add(instance + " waits: " + Obstacles.of(vertex, engine));
    }
    lines.addAll(chronicle.because(instance));
    return lines.isEmpty() ? List.of(instance + " did not move in this step") : lines;
  }

  private Check state(Place place, InstanceFmri instance, String state) {
    InstanceState now = now(instance);
    return check(
        now.toString().equals(state),
        place,
        instance + " is " + state + " at the end",
        now.toString(),
        instance);
  }

  private Check never(Place place, InstanceFmri instance, List<String> states) {
    String expected = instance + " is never " + String.join(" or ", states);
    InstanceState first = before.getOrDefault(instance, InstanceState.UNINITIALIZED);
    if (states.contains(first.toString())) {
      return check(false, place, expected, "it was " + first + " from the beginning", instance);
    }
    for (Chronicle.Entry entry : chronicle.changes(instance)) {
      if (states.contains(entry.transition().to().toString())) {
        String got = entry.transition().to() + " after " + Chronicle.seconds(entry.at());
        return new Check(place, step, expected, got, chronicle.because(entry));
      }
    }
    return Check.holds(place, step, expected);
  }

  private Check reaches(Expectation.Reaches wanted, InstanceFmri instance) {
    StringBuilder expected = new StringBuilder(instance + " reaches " + wanted.state());
    wanted
        .withinTransitions()
        .ifPresent(most -> expected.append(" within ").append(most).append(" transitions"));
    wanted.withinSeconds().ifPresent(most -> expected.append(" within ").append(most).append(" s"));
    List<Chronicle.Entry> changes = chronicle.changes(instance);
    InstanceState now = now(instance);
    if (!now.toString().equals(wanted.state())) {
      return check(false, wanted.place(), expected.toString(), now + " at the end", instance);
    }
    int transitions = changes.size();
    Duration at = changes.isEmpty() ? Duration.ZERO : changes.getLast().at();
    boolean isInTime =
        transitions <= wanted.withinTransitions().orElse(Integer.MAX_VALUE)
            && at.toNanos() <= wanted.withinSeconds().orElse(Double.MAX_VALUE) * NANOS;
    String got = "after " + transitions + " transitions and " + Chronicle.seconds(at);
    return check(isInTime, wanted.place(), expected.toString(), got, instance);
  }

  private List<Check> order(Place place, List<Operand> services) {
    List<Check> checks = new ArrayList<>();
    for (int i = 1; i < services.size(); i++) {
      for (InstanceFmri first : stack.matching(services.get(i - 1))) {
        for (InstanceFmri second : stack.matching(services.get(i))) {
          checks.add(order(place, first, second));
        }
      }
    }
    return checks;
  }

  private Check order(Place place, InstanceFmri first, InstanceFmri second) {
    Optional<Integer> one = chronicle.firstOnline(first);
    Optional<Integer> other = chronicle.firstOnline(second);
    String expected = first + " comes online before " + second;
    if (one.isEmpty() || other.isEmpty()) {
      InstanceFmri missing = one.isEmpty() ? first : second;
      return check(false, place, expected, missing + " did not come online", missing);
    }
    return check(one.get() < other.get(), place, expected, "the other way round", second);
  }

  private Check restarted(Place place, InstanceFmri instance) {
    boolean holds = chronicle.wentDown(instance) && now(instance).isRunning();
    String got = chronicle.wentDown(instance) ? "it stayed down" : "it was not stopped";
    return check(holds, place, instance + " is restarted", got, instance);
  }

  private Check notRestarted(Place place, InstanceFmri instance) {
    Optional<Chronicle.Entry> down =
        chronicle.changes(instance).stream()
            .filter(it -> it.transition().from().isRunning() && !it.transition().to().isRunning())
            .findFirst();
    String expected = instance + " is not restarted";
    return down.isEmpty()
        ? Check.holds(place, step, expected)
        : new Check(
            place,
            step,
            expected,
            "it went " + down.get().transition().to(),
            chronicle.because(down.get()));
  }

  private Check refreshed(Place place, InstanceFmri instance) {
    return check(
        chronicle.wasRefreshed(instance),
        place,
        instance + " is refreshed",
        "its refresh method did not run",
        instance);
  }

  private Check settles(Place place, double seconds) {
    String expected = "everything is settled within " + seconds + " s";
    boolean holds = isSettled && lasted.toNanos() <= seconds * NANOS;
    String got = (isSettled ? "settled after " : "still moving after ") + Chronicle.seconds(lasted);
    return holds
        ? Check.holds(place, step, expected)
        : new Check(place, step, expected, got, List.of());
  }
}
