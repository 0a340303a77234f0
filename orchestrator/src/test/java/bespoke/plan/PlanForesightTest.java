package bespoke.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bespoke.engine.Engine;
import bespoke.engine.Event;
import bespoke.engine.House;
import bespoke.engine.Milestone;
import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.MethodKind;
import bespoke.model.RestartOn;
import bespoke.model.StartdOptions;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random graphs are started, asked for things and left alone again; at any moment of that a plan
/// is made from a copy. Then the same is really asked for, and the plan must be what happens.
///
/// The run goes on in the world that it began in; the plan's world is made from what the engine
/// says is under way, so it is another one.
class PlanForesightTest {
  private static final int CASES = Integer.getInteger("bespoke.foresight.cases", 20_000);
  private static final long FIRST_SEED = Long.getLong("bespoke.foresight.seed", 1);

  /// One random set of services in the middle of something.
  private static final class Scene {
    private final Random random;
    private final long nature;
    private final List<InstanceFmri> names = new ArrayList<>();
    private final Map<InstanceFmri, Durations.Expected> times = new HashMap<>();
    private final Set<FileFmri> files = new HashSet<>();
    private final Simulation simulation;

    Scene(long seed) {
      random = new Random(seed * 0x9E3779B97F4A7C15L);
      nature = random.nextLong();
      int size = 2 + random.nextInt(9);
      for (int i = 0; i < size; i++) {
        InstanceFmri name = House.fmri("S" + i);
        names.add(name);
        times.put(name, new Durations.Expected(time(), time(), time(), true));
      }
      Engine engine = new Engine();
      Prediction prediction = new Prediction(this::expected, engine::status);
      simulation = new Simulation(engine, 0, 0, prediction::of, files::contains);
      List<Event.InstanceImport> imports = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        EnabledSetting setting = EnabledSetting.permanently(random.nextInt(5) > 0);
        imports.add(new Event.InstanceImport(definition(i), setting, Optional.empty()));
      }
      happen(new Event.DefinitionsImported(imports, List.of()));
      for (int i = random.nextInt(4); i > 0; i--) {
        pass();
        happen(command());
      }
      pass();
    }

    /// No two of them are alike, so that nothing happens at the same moment by chance.
    private Duration time() {
      return Duration.ofNanos(1 + random.nextLong(3_000_000_000L));
    }

    private Durations.Expected expected(InstanceFmri instance) {
      return times.getOrDefault(instance, Durations.Expected.GUESSED);
    }

    private void happen(Event event) {
      simulation.happen(event, Optional.empty());
    }

    private void pass() {
      Duration until = simulation.elapsed().plusNanos(random.nextLong(4_000_000_000L));
      simulation.run(until, 1_000_000);
    }

    private InstanceDefinition definition(int number) {
      StartdOptions.Style[] styles = StartdOptions.Style.values();
      Random own = new Random(nature + number); // stays so when its dependencies are replaced
      StartdOptions.Style style = styles[own.nextInt(styles.length)];
      StartdOptions usual = StartdOptions.DEFAULT;
      StartdOptions options =
          new StartdOptions(
              style,
              usual.ignoreCore(),
              usual.ignoreSignal(),
              usual.criticalFailureCount(),
              usual.criticalFailurePeriod(),
              usual.timeoutRetry(),
              usual.needSession(),
              usual.retryDelay());
      List<Dependency> dependencies = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        dependencies.add(dependency("d" + i, number));
      }
      InstanceDefinition definition =
          House.service("S" + number, options, dependencies.toArray(new Dependency[0]));
      if (own.nextInt(4) == 0) {
        definition = House.with(definition, MethodKind.STOP, "/stop", 60);
      }
      if (own.nextInt(4) == 0) {
        definition = House.with(definition, MethodKind.REFRESH, "/refresh", 60);
      }
      return definition;
    }

    private Dependency dependency(String name, int number) {
      Grouping grouping = Grouping.values()[random.nextInt(Grouping.values().length)];
      RestartOn restartOn = RestartOn.values()[random.nextInt(RestartOn.values().length)];
      List<Entity> members = new ArrayList<>();
      boolean files = random.nextInt(6) == 0;
      for (int i = 1 + random.nextInt(2); i > 0; i--) {
        if (files) {
          members.add(new FileFmri("/file" + random.nextInt(3)));
        } else if (number == 0 || random.nextInt(20) == 0) {
          members.add(House.fmri("absent" + random.nextInt(2)));
        } else if (random.nextInt(4) == 0) {
          members.add(names.get(random.nextInt(number)).serviceFmri());
        } else {
          members.add(names.get(random.nextInt(number)));
        }
      }
      return House.dependency(name, grouping, restartOn, members.toArray(new Entity[0]));
    }

    Event command() {
      int number = random.nextInt(names.size());
      InstanceFmri who = names.get(number);
      return switch (random.nextInt(12)) {
        case 0, 1, 2 -> new Event.EnableRequested(who, false, random.nextBoolean(), "");
        case 3, 4 -> new Event.EnableRequested(who, true, random.nextBoolean(), "");
        case 5 -> new Event.RestartRequested(who, false);
        case 6 -> new Event.RefreshRequested(who, definition(number));
        case 7 -> new Event.ClearRequested(who);
        case 8 ->
            new Event.MarkRequested(
                who,
                random.nextBoolean() ? InstanceState.MAINTENANCE : InstanceState.DEGRADED,
                random.nextBoolean(),
                false,
                Optional.empty(),
                true);
        case 9 ->
            new Event.MilestoneRequested(
                random.nextInt(3) == 0 ? new Milestone.All() : new Milestone.Of(who));
        case 10 -> new Event.DefinitionsImported(List.of(), List.of(who));
        default ->
            new Event.DefinitionsImported(
                List.of(
                    new Event.InstanceImport(
                        definition(number),
                        EnabledSetting.permanently(random.nextBoolean()),
                        Optional.empty())),
                List.of());
      };
    }

    List<Transition> foreseen(Event command) {
      return Plan.of(simulation.present(), List.of(command), this::expected, files::contains)
          .steps()
          .stream()
          .map(Plan.Step::transition)
          .toList();
    }

    List<Transition> happened(Event command) {
      int before = simulation.transitions().size();
      happen(command);
      simulation.run(simulation.elapsed().plus(House.LONG), 1_000_000);
      return simulation.transitions().stream()
          .skip(before)
          .filter(Transition::changesState)
          .toList();
    }
  }

  private static String text(Transition it) {
    return House.name(it.instance())
        + " "
        + it.from()
        + " -> "
        + it.to()
        + " "
        + it.next()
        + " "
        + it.auxiliary()
        + it.because().map(because -> " " + House.name(because)).orElse("");
  }

  @Test
  void aPlanMadeAtAnyMomentOfAnyRunIsWhatThenHappens() {
    int moved = 0;
    int busy = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      Scene scene = new Scene(seed);
      Event command = scene.command();
      busy += scene.simulation.engine().isSettled() ? 0 : 1;
      List<Transition> foreseen = scene.foreseen(command);
      List<Transition> happened = scene.happened(command);
      assertThat(happened.stream().map(PlanForesightTest::text))
          .as("seed %d, %s", seed, command)
          .containsExactlyElementsOf(foreseen.stream().map(PlanForesightTest::text).toList());
      for (int i = 0; i < happened.size(); i++) {
        assertThat(foreseen.get(i).atEpochMillis())
            .as("seed %d, %s, moment of %s", seed, command, happened.get(i))
            .isCloseTo(happened.get(i).atEpochMillis(), within(1L)); // milliseconds are cut off
      }
      moved += foreseen.isEmpty() ? 0 : 1;
    }
    assertThat(moved).as("cases in which something happened").isGreaterThan(CASES / 3);
    assertThat(busy).as("cases that began in the middle of something").isGreaterThan(CASES / 6);
  }
}
