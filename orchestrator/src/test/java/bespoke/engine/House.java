package bespoke.engine;

import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.Origin;
import bespoke.model.Probe;
import bespoke.model.Readiness;
import bespoke.model.Resources;
import bespoke.model.RestartOn;
import bespoke.model.StartdOptions;
import bespoke.model.Template;
import bespoke.plan.Behaviour;
import bespoke.plan.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A test fixture: a few instances, written down tersely, in the simulated world. `A` stands for
/// `svc:/t/A:default`.
public final class House {
  /// Enough for everything that a test waits for.
  public static final Duration LONG = Duration.ofHours(1);

  private final Map<InstanceFmri, InstanceDefinition> definitions = new HashMap<>();
  private final Map<InstanceFmri, EnabledSetting> settings = new HashMap<>();
  private final Map<InstanceFmri, Behaviour> behaviours = new HashMap<>();
  private final Set<String> files = new HashSet<>();
  private final List<InstanceFmri> order = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Simulation simulation =
      new Simulation(
          new Engine(),
          1_700_000_000_000L,
          0,
          it -> behaviours.getOrDefault(it, Behaviour.INSTANT),
          it -> files.contains(it.path()));

  /// An empty house.
  public House() {
    simulation.observe(decision -> {
      decisions.add(decision);
      if (decision instanceof Decision.WriteLog(var instance, String message)) {
        log.add(name(instance) + ": " + message);
      }
    });
  }

  /// The instance of that name.
  public static InstanceFmri fmri(String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? new InstanceFmri("t/" + name, "default")
        : new InstanceFmri("t/" + name.substring(0, colon), name.substring(colon + 1));
  }

  /// The name of an instance, as tests write it.
  public static String name(InstanceFmri instance) {
    String service = instance.service().substring(2);
    return instance.instance().equals("default") ? service : service + ":" + instance.instance();
  }

  /// A dependency group.
  public static Dependency dependency(
      String name, Grouping grouping, RestartOn restartOn, Entity... entities) {
    return new Dependency(name, grouping, restartOn, List.of(entities), Origin.UNKNOWN);
  }

  /// A contract service with a start command, stopped by `:kill` within a minute.
  public static InstanceDefinition service(String name, Dependency... dependencies) {
    return service(name, StartdOptions.DEFAULT, dependencies);
  }

  /// The same with options.
  public static InstanceDefinition service(
      String name, StartdOptions options, Dependency... dependencies) {
    Map<MethodKind, Method> methods = new EnumMap<>(MethodKind.class);
    methods.put(MethodKind.START, method(MethodKind.START, "/start", 60));
    if (options.duration() != StartdOptions.Style.TRANSIENT) {
      methods.put(MethodKind.STOP, method(MethodKind.STOP, ":kill", 60));
    }
    return new InstanceDefinition(
        fmri(name),
        Optional.empty(),
        List.of(dependencies),
        methods,
        options,
        Readiness.METHOD,
        Optional.<Probe>empty(),
        Resources.NONE,
        Template.NONE,
        Optional.empty(),
        List.of(),
        Origin.UNKNOWN);
  }

  /// A definition with one method replaced; null removes it.
  public static InstanceDefinition with(
      InstanceDefinition definition, MethodKind kind, String exec, int timeoutSeconds) {
    Map<MethodKind, Method> methods = new EnumMap<>(MethodKind.class);
    methods.putAll(definition.methods());
    methods.put(kind, method(kind, exec, timeoutSeconds));
    return copy(definition, methods, definition.readiness(), definition.monitor());
  }

  /// A definition without a method.
  public static InstanceDefinition without(InstanceDefinition definition, MethodKind kind) {
    Map<MethodKind, Method> methods = new EnumMap<>(MethodKind.class);
    methods.putAll(definition.methods());
    methods.remove(kind);
    return copy(definition, methods, definition.readiness(), definition.monitor());
  }

  /// A definition with another readiness.
  public static InstanceDefinition with(InstanceDefinition definition, Readiness readiness) {
    return copy(definition, definition.methods(), readiness, definition.monitor());
  }

  /// A definition with a monitor method.
  public static InstanceDefinition with(InstanceDefinition definition, Probe monitor) {
    return copy(definition, definition.methods(), definition.readiness(), Optional.of(monitor));
  }

  private static InstanceDefinition copy(
      InstanceDefinition of,
      Map<MethodKind, Method> methods,
      Readiness readiness,
      Optional<Probe> monitor) {
    return new InstanceDefinition(
        of.fmri(),
        of.restarter(),
        of.dependencies(),
        methods,
        of.startd(),
        readiness,
        monitor,
        of.resources(),
        of.template(),
        of.invalid(),
        of.problems(),
        of.origin());
  }

  private static Method method(MethodKind kind, String exec, int timeoutSeconds) {
    return new Method(
        kind,
        Optional.of(exec),
        timeoutSeconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(timeoutSeconds)),
        Method.OnTimeout.MAINTENANCE,
        MethodContext.NONE,
        Origin.UNKNOWN);
  }

  /// Adds an enabled instance; nothing happens before [#load].
  public House enabled(InstanceDefinition definition) {
    return add(definition, true);
  }

  /// Adds a disabled instance.
  public House disabled(InstanceDefinition definition) {
    return add(definition, false);
  }

  private House add(InstanceDefinition definition, boolean enabled) {
    order.add(definition.fmri());
    definitions.put(definition.fmri(), definition);
    settings.put(definition.fmri(), EnabledSetting.permanently(enabled));
    return this;
  }

  /// How the instance behaves from now on.
  public House behaves(String name, Behaviour behaviour) {
    behaviours.put(fmri(name), behaviour);
    return this;
  }

  /// The file exists, or not any more; the engine is told.
  public House file(String path, boolean exists) {
    boolean changed = exists ? files.add(path) : files.remove(path);
    if (changed) {
      simulation.happen(
          new Event.FileObserved(new bespoke.model.FileFmri(path), exists, false),
          Optional.empty());
    }
    return this;
  }

  /// Imports what was added and lets everything settle.
  public House load() {
    List<Event.InstanceImport> imports = new ArrayList<>();
    for (InstanceFmri instance : order) {
      imports.add(
          new Event.InstanceImport(
              Objects.requireNonNull(definitions.get(instance)),
              Objects.requireNonNull(settings.get(instance)),
              Optional.empty()));
    }
    order.clear();
    happen(new Event.DefinitionsImported(imports, List.of()));
    return this;
  }

  /// Something happens; nothing that follows from it in the world yet.
  public House happen(Event event) {
    simulation.happen(event, Optional.empty());
    return this;
  }

  /// Everything that follows within an hour happens.
  public House settle() {
    if (!simulation.run(simulation.elapsed().plus(LONG), 1_000_000)) {
      throw new AssertionError("it never settles");
    }
    return this;
  }

  /// This much virtual time passes.
  public House pass(Duration time) {
    simulation.run(simulation.elapsed().plus(time), 1_000_000);
    return this;
  }

  public House enable(String name) {
    return happen(new Event.EnableRequested(fmri(name), true, false, ""));
  }

  public House disable(String name) {
    return happen(new Event.EnableRequested(fmri(name), false, false, ""));
  }

  public House restart(String name) {
    return happen(new Event.RestartRequested(fmri(name), false));
  }

  public House refresh(String name) {
    InstanceDefinition definition = Objects.requireNonNull(definitions.get(fmri(name)));
    return happen(new Event.RefreshRequested(fmri(name), definition));
  }

  /// Replaces the definition, as import and refresh do.
  public House redefine(InstanceDefinition definition) {
    definitions.put(definition.fmri(), definition);
    return happen(new Event.RefreshRequested(definition.fmri(), definition));
  }

  public House clear(String name) {
    return happen(new Event.ClearRequested(fmri(name)));
  }

  public House mark(String name, InstanceState state) {
    return happen(new Event.MarkRequested(fmri(name), state, false, false, Optional.empty(), true));
  }

  /// All processes of the instance are killed from outside.
  public House kill(String name) {
    simulation
        .world()
        .processesDie(
            simulation
                .engine()
                .status(fmri(name))
                .orElseThrow()
                .runtime()
                .contract()
                .orElseThrow());
    return this;
  }

  public InstanceState state(String name) {
    return simulation.engine().status(fmri(name)).orElseThrow().runtime().state();
  }

  /// The auxiliary state as text.
  public String auxiliary(String name) {
    return simulation.engine().status(fmri(name)).orElseThrow().runtime().auxiliary().toString();
  }

  /// `name state` of every transition that changed a state, in order.
  public List<String> story() {
    return simulation.transitions().stream()
        .filter(it -> it.from() != it.to())
        .map(it -> name(it.instance()) + " " + it.to())
        .toList();
  }

  /// The story since the given number of transitions.
  public List<String> storySince(int count) {
    return story().subList(count, story().size());
  }

  public List<String> log() {
    return List.copyOf(log);
  }

  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /// How many times a method of the instance was run.
  public long runs(String name, MethodKind kind) {
    return decisions.stream()
        .filter(it ->
            it instanceof Decision.RunMethod run
                && run.instance().equals(fmri(name))
                && run.kind() == kind)
        .count();
  }

  public Simulation simulation() {
    return simulation;
  }
}
