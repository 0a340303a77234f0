package bespoke.simulate;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.engine.Milestone;
import bespoke.manifest.scenario.Action;
import bespoke.manifest.scenario.Claim;
import bespoke.manifest.scenario.Operand;
import bespoke.manifest.scenario.Scenario;
import bespoke.manifest.scenario.Step;
import bespoke.model.Actor;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Transition;
import bespoke.plan.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One run of one scenario: the real engine in the simulated world.
final class ScenarioRun {
  private static final int EVENTS_MAX = 200_000;
  private static final Duration SETTLE_MAX = Duration.ofDays(1);
  private static final double NANOS = 1e9;

  private final Stack stack;
  private final Behaviours behaviours;
  private final Set<String> files;
  private final Simulation simulation;
  private final List<Check> checks = new ArrayList<>();
  private Chronicle chronicle = new Chronicle();
  private Duration began = Duration.ZERO;
  private boolean isBooted;
  private int number;

  private ScenarioRun(Stack stack, Scenario scenario, long seed) {
    this.stack = stack;
    this.behaviours = new Behaviours(stack, scenario, seed);
    this.files = new HashSet<>(scenario.files());
    this.simulation =
        new Simulation(new Engine(), 0, 0, behaviours::of, file -> files.contains(file.path()));
    simulation.world().answerProbes(behaviours::isWell);
    simulation.observe(this::decided);
    simulation.witness(envelope -> chronicle.happens(envelope));
  }

  /// Runs a scenario.
  ///
  /// @return a check for everything that it says
  static Result run(Stack stack, Scenario scenario, long seed) {
    ScenarioRun run = new ScenarioRun(stack, scenario, seed);
    Claims claims = new Claims(stack);
    for (Claim claim : scenario.claims()) {
      run.checks.addAll(claims.of(claim));
    }
    for (Step step : scenario.steps()) {
      run.step(step);
    }
    return new Result(scenario, seed, run.checks, run.simulation.elapsed());
  }

  /// What a run found.
  ///
  /// @param lasted simulated time
  record Result(Scenario scenario, long seed, List<Check> checks, Duration lasted) {
    Result {
      checks = List.copyOf(checks);
    }

    boolean holds() {
      return checks.stream().allMatch(Check::holds);
    }
  }

  private void decided(Decision decision) {
    behaviours.begins(decision);
    if (decision instanceof Decision.RecordTransition(Transition transition)) {
      chronicle.add(simulation.elapsed().minus(began), transition);
    }
  }

  private void step(Step step) {
    number++;
    if (!isBooted && !(step.action() instanceof Action.Boot)) {
      boot();
      settle();
    }
    chronicle = new Chronicle();
    began = simulation.elapsed();
    Map<InstanceFmri, InstanceState> before = new HashMap<>();
    simulation
        .engine()
        .statuses()
        .forEach(status -> before.put(status.fmri(), status.runtime().state()));
    String text = "step " + number + ", " + text(step.action());
    perform(step, text);
    boolean isSettled = goOn(step, text);
    Expectations expectations =
        new Expectations(
            stack,
            simulation.engine(),
            chronicle,
            text,
            isSettled,
            simulation.elapsed().minus(began),
            before);
    step.expectations().forEach(it -> checks.addAll(expectations.of(it)));
  }

  private boolean goOn(Step step, String text) {
    if (step.forSeconds().isPresent()) {
      Duration until = began.plusNanos(Math.round(step.forSeconds().getAsDouble() * NANOS));
      simulation.run(until, EVENTS_MAX);
      return simulation.engine().isSettled();
    }
    boolean isSettled = settle();
    if (!isSettled) {
      checks.add(
          new Check(
              step.place(),
              text,
              "everything comes to rest",
              "it still moves after " + Chronicle.seconds(simulation.elapsed().minus(began)),
              List.of("give the step an end with for_seconds")));
    }
    return isSettled;
  }

  private boolean settle() {
    return simulation.settle(simulation.elapsed().plus(SETTLE_MAX), EVENTS_MAX);
  }

  // --- actions

  private void boot() {
    isBooted = true;
    simulation.happen(stack.everything(), Optional.empty());
  }

  private void perform(Step step, String text) {
    Optional<Actor> actor = Optional.of(new Actor("scenario", 0, -1, 0, text));
    switch (step.action()) {
      case Action.Boot _ -> boot();
      case Action.Wait _ -> {}
      case Action.Fails(Operand services) -> fail(step, services, text);
      case Action.Method method -> behaviours.order(method);
      case Action.File(String path, String change) -> file(path, change);
      case Action.Administer(String verb, Operand services) ->
          stack.matching(services).forEach(it -> simulation.happen(request(verb, it), actor));
      case Action.Milestone(Operand milestone) ->
          simulation.happen(new Event.MilestoneRequested(milestone(milestone)), actor);
    }
  }

  private void fail(Step step, Operand services, String text) {
    for (InstanceFmri instance : stack.matching(services)) {
      if (!simulation.world().processesDie(instance)) {
        checks.add(
            new Check(
                step.place(),
                text,
                instance + " has processes that can die",
                "it has none",
                List.of(instance + " is " + state(instance))));
      }
    }
  }

  private InstanceState state(InstanceFmri instance) {
    return simulation
        .engine()
        .status(instance)
        .map(it -> it.runtime().state())
        .orElse(InstanceState.UNINITIALIZED);
  }

  private void file(String path, String change) {
    switch (change) {
      case "appears" -> files.add(path);
      case "vanishes" -> files.remove(path);
      default -> {}
    }
    FileFmri file = new FileFmri(path);
    simulation.happen(
        new Event.FileObserved(file, files.contains(path), change.equals("changes")),
        Optional.empty());
  }

  private Event request(String verb, InstanceFmri instance) {
    return switch (verb) {
      case "enable" -> new Event.EnableRequested(instance, true, false, "");
      case "disable" -> new Event.EnableRequested(instance, false, false, "");
      case "restart" -> new Event.RestartRequested(instance, false);
      case "refresh" -> new Event.RefreshRequested(instance, stack.definition(instance));
      default -> new Event.ClearRequested(instance);
    };
  }

  private Milestone milestone(Operand operand) {
    return switch (operand.text()) {
      case "all" -> new Milestone.All();
      case "none" -> new Milestone.None();
      default -> new Milestone.Of(stack.matching(operand).getFirst());
    };
  }

  private static String text(Action action) {
    return switch (action) {
      case Action.Boot _ -> "boot";
      case Action.Wait _ -> "wait";
      case Action.Fails(Operand services) -> "fails " + services;
      case Action.Method method ->
          method.method()
              + " method of "
              + method.services()
              + (method.timesOut() ? " times out" : " exits with " + method.exits());
      case Action.File(String path, String change) -> path + " " + change;
      case Action.Administer(String verb, Operand services) -> verb + " " + services;
      case Action.Milestone(Operand milestone) -> "milestone " + milestone;
    };
  }
}
