package bespoke.plan;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Event;
import bespoke.model.Dependency;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is supposed is then done to the run that it was supposed of, and what was foreseen must be
/// what happens.
class WhatIfForesightTest {
  private static final int CASES = Integer.getInteger("bespoke.whatif.cases", 1_000);
  private static final long FIRST_SEED = Long.getLong("bespoke.whatif.seed", 1);

  private static Optional<Supposition> supposition(Scene scene, Random random) {
    InstanceFmri who = scene.names().get(random.nextInt(scene.names().size()));
    return switch (random.nextInt(8)) {
      case 0, 1 -> Optional.of(new Supposition.Fails(who));
      case 2 -> Optional.of(new Supposition.Dies(who));
      case 3 -> Optional.of(new Supposition.Enabled(who, random.nextBoolean()));
      case 4 -> Optional.of(new Supposition.Restarted(who));
      case 5 ->
          Optional.of(
              new Supposition.FileIs(
                  new FileFmri("/file" + random.nextInt(3)), random.nextBoolean()));
      default -> edge(scene.status(who), random);
    };
  }

  private static Optional<Supposition> edge(Optional<InstanceStatus> status, Random random) {
    List<Dependency> groups = status.map(it -> it.definition().dependencies()).orElse(List.of());
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    Dependency group = groups.get(random.nextInt(groups.size()));
    return Optional.of(
        new Supposition.WithoutEdge(status.get().fmri(), group.entities().getFirst()));
  }

  /// Does for real what is supposed; the scene's own services are real here.
  private static void happen(Supposition supposition, Scene scene) {
    switch (supposition) {
      case Supposition.Fails(var instance) -> {
        scene.failing().add(instance);
        die(instance, true, scene);
      }
      case Supposition.Dies(var instance) -> die(instance, false, scene);
      case Supposition.Enabled(var instance, boolean enabled) ->
          scene.happen(new Event.EnableRequested(instance, enabled, true, ""));
      case Supposition.Restarted(var instance) ->
          scene.happen(new Event.RestartRequested(instance, false));
      case Supposition.FileIs(var file, boolean exists) -> {
        scene.set(file, exists);
        scene.happen(new Event.FileObserved(file, exists, true));
      }
      case Supposition.Takes _ -> {}
      case Supposition.WithoutEdge edge ->
          scene.happen(
              new Event.DefinitionsImported(
                  List.of(
                      new Event.InstanceImport(
                          WhatIf.without(scene.status(edge.instance()).orElseThrow(), edge.to())
                              .definition(),
                          scene.status(edge.instance()).orElseThrow().enabled(),
                          Optional.empty())),
                  List.of()));
    }
  }

  private static void die(InstanceFmri instance, boolean forGood, Scene scene) {
    InstanceStatus status = scene.status(instance).orElseThrow();
    OptionalLong contract = status.runtime().contract();
    if (contract.isPresent() && scene.world().liveContracts().containsKey(contract.getAsLong())) {
      scene.world().processesDie(contract.getAsLong());
    } else if (forGood && status.runtime().state().isRunning()) {
      scene.happen(
          new Event.MarkRequested(
              instance, InstanceState.MAINTENANCE, true, false, Optional.empty(), false));
    }
  }

  /// A scene may have deleted an instance before.
  private static boolean isKnown(Supposition supposition, Scene scene) {
    return switch (supposition) {
      case Supposition.Fails(var instance) -> scene.status(instance).isPresent();
      case Supposition.Dies(var instance) -> scene.status(instance).isPresent();
      case Supposition.Enabled _,
          Supposition.Restarted _,
          Supposition.FileIs _,
          Supposition.Takes _,
          Supposition.WithoutEdge _ ->
          true;
    };
  }

  private static List<String> texts(List<Transition> transitions) {
    return transitions.stream().map(PlanForesightTest::text).toList();
  }

  @Test
  void whatIsSupposedAtAnyMomentOfAnyRunIsWhatHappensWhenItIsDone() {
    int moved = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      Scene scene = new Scene(seed);
      Random random = new Random(seed);
      Optional<Supposition> supposition = supposition(scene, random);
      if (supposition.isEmpty() || !isKnown(supposition.get(), scene)) {
        continue;
      }
      Plan plan =
          new WhatIf(List.of(supposition.get()), scene::expected, scene::exists)
              .now(scene.present());
      List<Transition> foreseen = plan.steps().stream().map(Plan.Step::transition).toList();
      List<Transition> happened = scene.following(() -> happen(supposition.get(), scene));
      if (!plan.isComplete()) { // it is tried for ever, as long as one looks
        int both = Math.min(foreseen.size(), happened.size());
        foreseen = foreseen.subList(0, both);
        happened = happened.subList(0, both);
      }
      assertThat(texts(happened))
          .as("seed %d, %s", seed, supposition.get())
          .containsExactlyElementsOf(texts(foreseen));
      moved += foreseen.isEmpty() ? 0 : 1;
    }
    assertThat(moved).as("cases in which something happened").isGreaterThan(CASES / 4);
  }

  @Test
  void severalSuppositionsHoldAtTheSameMoment() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES / 10; seed++) {
      Scene scene = new Scene(seed);
      List<Supposition> all =
          List.of(
              new Supposition.Enabled(scene.names().getFirst(), false),
              new Supposition.Restarted(scene.names().getLast()));
      List<Transition> foreseen =
          new WhatIf(all, scene::expected, scene::exists)
              .now(scene.present()).steps().stream().map(Plan.Step::transition).toList();
      List<Transition> happened =
          scene.following(() -> all.forEach(supposition -> happen(supposition, scene)));
      assertThat(texts(happened)).as("seed %d", seed).isEqualTo(texts(foreseen));
    }
  }

  @Test
  void aBootIsShorterByWhatIsSavedOnItsCriticalPath() {
    Scene scene = new Scene(3);
    InstanceFmri only = scene.names().getFirst();
    List<InstanceStatus> one = List.of(scene.status(only).orElseThrow());
    Supposition.Takes takes = new Supposition.Takes(only, Duration.ofSeconds(-1), true);
    Durations two =
        _ -> new Durations.Expected(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO, true);
    WhatIf.Boot boot = new WhatIf(List.of(takes), two, file -> true).boot(one).orElseThrow();
    assertThat(boot).isEqualTo(new WhatIf.Boot(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }
}
