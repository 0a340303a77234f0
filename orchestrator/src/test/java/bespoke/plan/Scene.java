package bespoke.plan;

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
import bespoke.model.InstanceStatus;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.RestartOn;
import bespoke.model.StartdChoices;
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

/// One random set of services in the middle of something.
final class Scene {
  private final Random random;
  private final long nature;
  private final List<InstanceFmri> names = new ArrayList<>();
  private final Map<InstanceFmri, Durations.Expected> times = new HashMap<>();
  private final Set<FileFmri> files = new HashSet<>();
  private final Set<InstanceFmri> failing = new HashSet<>();
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
    simulation = new Simulation(engine, 0, 0, it -> behaviour(it, prediction), files::contains);
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

  Durations.Expected expected(InstanceFmri instance) {
    return times.getOrDefault(instance, Durations.Expected.GUESSED);
  }

  void happen(Event event) {
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
    StartdOptions options = StartdChoices.of(style).options();
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
    return following(() -> happen(command));
  }

  /// The changes of state that follow from something until everything has come to rest.
  List<Transition> following(Runnable happening) {
    int before = simulation.transitions().size();
    happening.run();
    simulation.run(simulation.elapsed().plus(House.LONG), 1_000_000);
    return simulation.transitions().stream().skip(before).filter(Transition::changesState).toList();
  }

  private Behaviour behaviour(InstanceFmri instance, Prediction prediction) {
    Behaviour usual = prediction.of(instance);
    return failing.contains(instance)
        ? usual.starting(Duration.ZERO).startEnding(new MethodOutcome.Exited(1))
        : usual;
  }

  List<InstanceFmri> names() {
    return names;
  }

  /// Whose starts fail from now on.
  Set<InstanceFmri> failing() {
    return failing;
  }

  boolean exists(FileFmri file) {
    return files.contains(file);
  }

  void set(FileFmri file, boolean exists) {
    if (exists) {
      files.add(file);
    } else {
      files.remove(file);
    }
  }

  Optional<InstanceStatus> status(InstanceFmri instance) {
    return simulation.engine().status(instance);
  }

  boolean isSettled() {
    return simulation.engine().isSettled();
  }

  SimulatedWorld world() {
    return simulation.world();
  }

  Present present() {
    return simulation.present();
  }
}
