package bespoke.engine;

import static bespoke.engine.House.dependency;
import static bespoke.engine.House.fmri;
import static bespoke.engine.House.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.model.Dependency;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceState;
import bespoke.model.RestartOn;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Explores what the engine does, whatever the world does: every small graph, every order of events
/// to a depth, then longer random walks (DESIGN 10.2, 10.3). `-Dbespoke.model.depth=N` explores
/// deeper.
class ModelCheckerTest {
  private static final int EXTRA_DEPTH = Integer.getInteger("bespoke.model.depth", 0);
  private static final int WALKS = 1_500;
  private static final int WALK_STEPS = 60;

  private long paths;
  private long steps;

  @Test
  void everyGraphOfTwoInstancesKeepsTheInvariantsInEveryOrderOfEvents() {
    int graphs = 0;
    for (List<InstanceDefinition> graph : pairs()) {
      explore(graph, 3 + EXTRA_DEPTH, UnaryOperator.identity(), UnaryOperator.identity());
      graphs++;
    }
    report(graphs + " graphs of 2 instances");
    assertThat(paths).isGreaterThan(10_000);
  }

  @Test
  void everyGraphOfThreeInstancesKeepsTheInvariants() {
    int graphs = 0;
    for (List<InstanceDefinition> graph : triples()) {
      explore(graph, 1 + EXTRA_DEPTH, UnaryOperator.identity(), UnaryOperator.identity());
      graphs++;
    }
    report(graphs + " graphs of 3 instances");
    assertThat(graphs).isEqualTo(17 * 17 * 17);
  }

  @Test
  void randomWalksKeepTheInvariantsAndReplay() {
    long seed = Long.getLong("bespoke.model.seed", 20_261_124L);
    for (int walk = 0; walk < WALKS; walk++) {
      Random random = new Random(seed + walk);
      try {
        walk(randomGraph(random), random);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + (seed + walk) + ": " + e.getMessage(), e);
      }
    }
    report(WALKS + " random walks of " + WALK_STEPS + " events from seed " + seed);
    assertThat(steps).isGreaterThan(WALKS * WALK_STEPS);
  }

  @Test
  void theDaemonMayDieAtAnyStep() {
    long seed = Long.getLong("bespoke.model.seed", 20_261_124L);
    for (int walk = 0; walk < WALKS; walk++) {
      Random random = new Random(seed + walk);
      List<InstanceDefinition> graph = randomGraph(random);
      int[] choices = random.ints(WALK_STEPS, 0, 1 << 20).toArray();
      AssertionError failure = crashing(graph, choices);
      if (failure != null) {
        throw shrunk(graph, choices, seed + walk, failure);
      }
    }
    report(WALKS + " random walks with crashes of the daemon from seed " + seed);
    assertThat(steps).isGreaterThan(WALKS * WALK_STEPS);
  }

  /// One event in twelve is the death of the daemon.
  private @Nullable AssertionError crashing(List<InstanceDefinition> graph, int[] choices) {
    try {
      Adversary world =
          new Adversary(graph, _ -> true, UnaryOperator.identity(), UnaryOperator.identity());
      for (int choice : choices) {
        if (choice % 12 == 0) {
          world.crash();
        } else {
          List<Event> options = world.options();
          world.step(options.get(choice % options.size()));
        }
      }
      world.settle();
      paths++;
      steps += world.history().size();
      return null;
    } catch (AssertionError e) {
      return e;
    }
  }

  /// The same failure with as few events as dropping one at a time leaves.
  private AssertionError shrunk(
      List<InstanceDefinition> graph, int[] choices, long seed, AssertionError failure) {
    int[] fewest = choices;
    AssertionError last = failure;
    for (int i = fewest.length - 1; i >= 0; i--) {
      int dropped = i;
      int[] fewer = new int[fewest.length - 1];
      System.arraycopy(fewest, 0, fewer, 0, dropped);
      System.arraycopy(fewest, dropped + 1, fewer, dropped, fewer.length - dropped);
      AssertionError again = crashing(graph, fewer);
      if (again != null) {
        fewest = fewer;
        last = again;
      }
    }
    return new AssertionError(
        "seed " + seed + ", " + fewest.length + " choices: " + last.getMessage(), last);
  }

  @Test
  void aFaultInSatisfactionIsCaught() {
    UnaryOperator<InstanceDefinition> forgetsDependencies =
        it -> House.service(House.name(it.fmri()));
    assertThatThrownBy(() -> explore(chain(), 2, forgetsDependencies, UnaryOperator.identity()))
        .hasMessageContaining("unmet dependency");
  }

  @Test
  void aFaultInOrderingIsCaught() {
    UnaryOperator<InstanceDefinition> ignoresRestartOn =
        it ->
            House.service(
                House.name(it.fmri()),
                it.dependencies().stream()
                    .map(d ->
                        dependency(
                            d.name(),
                            d.grouping(),
                            RestartOn.NONE,
                            d.entities().toArray(bespoke.model.Entity[]::new)))
                    .toArray(Dependency[]::new));
    assertThatThrownBy(() -> explore(chain(), 2, ignoresRestartOn, UnaryOperator.identity()))
        .hasMessageContaining("stops before its dependent");
  }

  @Test
  void aFaultInTheTransitionTableIsCaught() {
    UnaryOperator<List<Decision>> skipsOffline =
        decisions ->
            decisions.stream()
                .map(it ->
                    it instanceof Decision.RecordTransition(Transition t)
                            && t.from() == InstanceState.UNINITIALIZED
                        ? new Decision.RecordTransition(
                            new Transition(
                                t.instance(),
                                t.from(),
                                InstanceState.DEGRADED,
                                t.next(),
                                t.auxiliary(),
                                t.severity(),
                                t.because(),
                                t.detail(),
                                t.atEpochMillis(),
                                t.cause()))
                        : it)
                .toList();
    assertThatThrownBy(() -> explore(chain(), 1, UnaryOperator.identity(), skipsOffline))
        .hasMessageContaining("went from uninitialized to degraded");
  }

  private void report(String what) {
    System.out.println(
        "model checker: " + what + ", " + paths + " orders of events, " + steps + " steps");
  }

  /// Depth first over everything that could happen, from the loaded and from the settled house. The
  /// engine cannot be copied, so each path is run from its beginning.
  private void explore(
      List<InstanceDefinition> graph,
      int depth,
      UnaryOperator<InstanceDefinition> planted,
      UnaryOperator<List<Decision>> fault) {
    explore(graph, depth, planted, fault, true, new ArrayList<>());
    explore(graph, depth, planted, fault, false, new ArrayList<>());
  }

  private void explore(
      List<InstanceDefinition> graph,
      int depth,
      UnaryOperator<InstanceDefinition> planted,
      UnaryOperator<List<Decision>> fault,
      boolean settled,
      List<Integer> choices) {
    Adversary world = new Adversary(graph, _ -> true, planted, fault);
    if (settled) {
      world.settle();
    }
    for (int choice : choices) {
      world.step(world.options().get(choice));
    }
    int options = world.options().size();
    world.settle();
    paths++;
    steps += world.history().size();
    if (choices.size() < depth) {
      for (int i = 0; i < options; i++) {
        choices.add(i);
        explore(graph, depth, planted, fault, settled, choices);
        choices.removeLast();
      }
    }
  }

  private void walk(List<InstanceDefinition> graph, Random random) {
    Adversary world =
        new Adversary(
            graph, _ -> random.nextInt(4) > 0, UnaryOperator.identity(), UnaryOperator.identity());
    for (int i = 0; i < WALK_STEPS; i++) {
      List<Event> options = world.options();
      world.step(options.get(random.nextInt(options.size())));
    }
    world.settle();
    world.requireReplayable();
    paths++;
    steps += world.history().size();
  }

  private static List<InstanceDefinition> chain() {
    return List.of(
        service("C"),
        service("B", dependency("d", Grouping.REQUIRE_ALL, RestartOn.RESTART, fmri("C"))),
        service("A", dependency("d", Grouping.REQUIRE_ALL, RestartOn.RESTART, fmri("B"))));
  }

  private static List<List<InstanceDefinition>> pairs() {
    List<List<InstanceDefinition>> graphs = new ArrayList<>();
    for (Grouping grouping : Grouping.values()) {
      for (RestartOn restartOn : RestartOn.values()) {
        Dependency onB = dependency("d", grouping, restartOn, fmri("B"));
        graphs.add(List.of(service("A", onB), service("B")));
        graphs.add(List.of(service("B"), service("A", onB)));
      }
    }
    Dependency excludesA = dependency("x", Grouping.EXCLUDE_ALL, RestartOn.NONE, fmri("A"));
    Dependency excludesB = dependency("x", Grouping.EXCLUDE_ALL, RestartOn.NONE, fmri("B"));
    graphs.add(List.of(service("A", excludesB), service("B", excludesA)));
    return graphs;
  }

  private static List<List<InstanceDefinition>> triples() {
    List<List<InstanceDefinition>> graphs = new ArrayList<>();
    for (List<Dependency> ab : edges("ab", "B")) {
      for (List<Dependency> ac : edges("ac", "C")) {
        List<Dependency> ofA = new ArrayList<>(ab);
        ofA.addAll(ac);
        for (List<Dependency> bc : edges("bc", "C")) {
          graphs.add(
              List.of(
                  service("A", ofA.toArray(Dependency[]::new)),
                  service("B", bc.toArray(Dependency[]::new)),
                  service("C")));
        }
      }
    }
    return graphs;
  }

  private static List<List<Dependency>> edges(String name, String target) {
    List<List<Dependency>> edges = new ArrayList<>();
    edges.add(List.of());
    for (Grouping grouping : Grouping.values()) {
      for (RestartOn restartOn : RestartOn.values()) {
        edges.add(List.of(dependency(name, grouping, restartOn, fmri(target))));
      }
    }
    return edges;
  }

  private static List<InstanceDefinition> randomGraph(Random random) {
    int size = 2 + random.nextInt(6);
    List<InstanceDefinition> graph = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<Dependency> dependencies = new ArrayList<>();
      for (int j = 0; j < i; j++) {
        if (random.nextInt(3) == 0) {
          Grouping grouping = Grouping.values()[random.nextInt(4)];
          RestartOn restartOn = RestartOn.values()[random.nextInt(4)];
          boolean byService = random.nextInt(4) == 0;
          dependencies.add(
              dependency(
                  "d" + j,
                  grouping,
                  restartOn,
                  byService ? fmri("S" + j).serviceFmri() : fmri("S" + j)));
        }
      }
      graph.add(service("S" + i, dependencies.toArray(Dependency[]::new)));
    }
    return graph;
  }
}
