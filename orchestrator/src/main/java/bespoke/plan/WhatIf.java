package bespoke.plan;

import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.MethodOutcome;
import bespoke.model.ServiceFmri;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What would follow from several suppositions at once, by the engine in the simulated world.
public final class WhatIf {
  private final List<Supposition> suppositions;
  private final Durations durations;
  private final Predicate<FileFmri> exists;
  private final Map<FileFmri, Boolean> files = new HashMap<>();
  private final Set<InstanceFmri> failing = new HashSet<>();
  private final Map<InstanceFmri, Supposition.Takes> times = new HashMap<>();

  /// Before that, things are as they are: a start that is under way has not failed yet.
  private boolean hasBegun;

  /// @param exists which files there are
  public WhatIf(List<Supposition> suppositions, Durations durations, Predicate<FileFmri> exists) {
    this.suppositions = List.copyOf(suppositions);
    this.durations = durations;
    this.exists = exists;
    for (Supposition supposition : suppositions) {
      switch (supposition) {
        case Supposition.Fails(var instance) -> failing.add(instance);
        case Supposition.FileIs(var file, boolean is) -> files.put(file, is);
        case Supposition.Takes takes -> times.put(takes.instance(), takes);
        case Supposition.Dies _,
            Supposition.Enabled _,
            Supposition.Restarted _,
            Supposition.WithoutEdge _ -> {}
      }
    }
  }

  /// What follows now, all of them being so at the same moment.
  ///
  /// @param present its engine is used up
  public Plan now(Present present) {
    Prediction usual = new Prediction(this::expected, fmri -> present.engine().status(fmri));
    return Plan.of(
        present,
        simulation -> {
          hasBegun = true;
          suppositions.forEach(supposition -> begin(supposition, simulation));
          return Plan.settle(simulation);
        },
        fmri -> behaviour(fmri, usual),
        this::expected,
        this::exists);
  }

  private Behaviour behaviour(InstanceFmri instance, Prediction usual) {
    Behaviour behaviour = usual.of(instance);
    return hasBegun && failing.contains(instance)
        ? behaviour.starting(Duration.ZERO).startEnding(new MethodOutcome.Exited(1))
        : behaviour;
  }

  private Durations.Expected expected(InstanceFmri instance) {
    Durations.Expected expected = durations.of(instance);
    Supposition.Takes takes = times.get(instance);
    if (takes == null) {
      return expected;
    }
    Duration start =
        takes.isRelative() ? expected.start().plus(takes.duration()) : takes.duration();
    return new Durations.Expected(
        start.isNegative() ? Duration.ZERO : start, expected.stop(), expected.refresh(), true);
  }

  private boolean exists(FileFmri file) {
    return files.getOrDefault(file, exists.test(file));
  }

  private static void begin(Supposition supposition, Simulation simulation) {
    Engine engine = simulation.engine();
    switch (supposition) {
      case Supposition.Fails(var instance) -> die(instance, true, simulation);
      case Supposition.Dies(var instance) -> die(instance, false, simulation);
      case Supposition.Enabled(var instance, boolean enabled) ->
          happen(new Event.EnableRequested(instance, enabled, true, ""), simulation);
      case Supposition.Restarted(var instance) ->
          happen(new Event.RestartRequested(instance, false), simulation);
      case Supposition.FileIs(var file, boolean is) ->
          happen(new Event.FileObserved(file, is, true), simulation);
      case Supposition.Takes _ -> {}
      case Supposition.WithoutEdge(var instance, var to) ->
          engine
              .status(instance)
              .ifPresent(status -> happen(imported(without(status, to)), simulation));
    }
  }

  private static void happen(Event event, Simulation simulation) {
    simulation.happen(event, Optional.empty());
  }

  private static void die(InstanceFmri instance, boolean forGood, Simulation simulation) {
    Optional<InstanceStatus> status = simulation.engine().status(instance);
    if (status.isEmpty()) {
      return;
    }
    boolean died = simulation.world().processesDie(instance);
    if (!died && forGood && status.get().runtime().state().isRunning()) {
      happen(
          new Event.MarkRequested(
              instance, InstanceState.MAINTENANCE, true, false, Optional.empty(), false),
          simulation);
    }
  }

  private static Event imported(InstanceStatus status) {
    return new Event.DefinitionsImported(
        List.of(new Event.InstanceImport(status.definition(), status.enabled(), Optional.empty())),
        List.of());
  }

  // --- boot

  /// What the next boot takes.
  ///
  /// @param before as things are
  /// @param after with the suppositions about times, edges and files
  public record Boot(Duration before, Duration after) {}

  /// How the next boot changes, if it is supposed that anything does that concerns it.
  ///
  /// @param present stays as it is
  public Optional<Boot> boot(Present present) {
    return boot(present.engine().statuses());
  }

  Optional<Boot> boot(List<InstanceStatus> statuses) {
    boolean concerns =
        suppositions.stream()
            .anyMatch(
                it -> it instanceof Supposition.Takes || it instanceof Supposition.WithoutEdge);
    if (!concerns) {
      return Optional.empty();
    }
    Map<InstanceFmri, InstanceStatus> changed = new LinkedHashMap<>();
    statuses.forEach(status -> changed.put(status.fmri(), status));
    for (Supposition supposition : suppositions) {
      if (supposition instanceof Supposition.WithoutEdge(var instance, var to)) {
        changed.computeIfPresent(instance, (_, status) -> without(status, to));
      }
    }
    return Optional.of(
        new Boot(
            total(SimulatedBoot.transitions(statuses, 0, durations, exists)),
            total(
                SimulatedBoot.transitions(
                    List.copyOf(changed.values()), 0, this::expected, this::exists))));
  }

  /// Until the last of them was online.
  private static Duration total(List<Transition> transitions) {
    return Duration.ofMillis(
        transitions.stream()
            .filter(it -> !it.from().isRunning() && it.to().isRunning())
            .mapToLong(Transition::atEpochMillis)
            .max()
            .orElse(0));
  }

  // --- edges

  /// Whether a dependency of it names this.
  public static boolean hasEdge(InstanceDefinition definition, Entity to) {
    return definition.dependencies().stream()
        .anyMatch(group -> group.entities().stream().anyMatch(it -> names(it, to)));
  }

  private static boolean names(Entity entity, Entity to) {
    return entity.equals(to)
        || entity instanceof ServiceFmri service
            && to instanceof InstanceFmri instance
            && instance.serviceFmri().equals(service);
  }

  /// The same without the edge; a group that loses its last member is gone.
  static InstanceStatus without(InstanceStatus status, Entity to) {
    InstanceDefinition old = status.definition();
    List<Dependency> dependencies = new ArrayList<>();
    for (Dependency group : old.dependencies()) {
      List<Entity> left = group.entities().stream().filter(it -> !names(it, to)).toList();
      if (!left.isEmpty()) {
        dependencies.add(
            new Dependency(
                group.name(), group.grouping(), group.restartOn(), left, group.origin()));
      }
    }
    return new InstanceStatus(
        old.dependingOn(dependencies), status.enabled(), status.runtime(), status.cause());
  }
}
