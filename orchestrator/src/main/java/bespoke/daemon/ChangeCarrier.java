package bespoke.daemon;

import bespoke.change.Condition;
import bespoke.change.Difference;
import bespoke.change.Direction;
import bespoke.change.Fact;
import bespoke.change.Member;
import bespoke.change.Need;
import bespoke.change.Order;
import bespoke.engine.Event;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.PropertyGroups;
import bespoke.repository.EntityImage;
import bespoke.repository.ImportPlan;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.Snapshot;
import bespoke.repository.SnapshotName;
import bespoke.repository.StoredInstance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries out what a change decides: repository first, then the engine. Decides nothing.
final class ChangeCarrier {
  private static final int TRIES_MAX = 5;

  private final Repository repository;
  private final KnownDefinitions definitions;
  private final Ground ground;
  private final Memory memory;
  private final EngineLoop.Clock clock;
  private ChangeEntry entry;

  /// The engine, and what it tells.
  interface Ground {
    /// Gives the engine a fact and waits until it was handled.
    ///
    /// @throws IOException if it does not take it
    void tell(Event event) throws IOException;

    /// How instances are; from here on, and not before, their moves are reported.
    Map<InstanceFmri, InstanceStatus> look(Set<InstanceFmri> instances);

    /// How an instance is.
    Optional<InstanceStatus> status(InstanceFmri instance);

    /// Why an instance cannot run before somebody acts, a clause; or empty.
    String obstacle(InstanceFmri instance);
  }

  /// Where it is written down how far a change is.
  @FunctionalInterface
  interface Memory {
    /// Remembers a change, durably.
    void put(ChangeEntry entry) throws IOException;
  }

  ChangeCarrier(
      Repository repository,
      KnownDefinitions definitions,
      Ground ground,
      Memory memory,
      EngineLoop.Clock clock,
      ChangeEntry entry) {
    this.repository = repository;
    this.definitions = definitions;
    this.ground = ground;
    this.memory = memory;
    this.clock = clock;
    this.entry = entry;
  }

  /// The change as it was last written down.
  ChangeEntry entry() {
    return entry;
  }

  /// Carries one order out.
  ///
  /// @return what is known at once
  /// @throws IOException if something cannot be written or told
  List<Fact> carryOut(Order order) throws IOException {
    return switch (order) {
      case Order.Remember(var standing, String why) -> {
        entry = entry.standing(standing, why, clock.epochMillis());
        memory.put(entry);
        yield List.of();
      }
      case Order.PutInForce(Direction direction) -> List.of(putInForce(direction));
      case Order.Admit(Direction direction, List<InstanceFmri> instances) -> admit(instances);
      case Order.Restart(InstanceFmri instance) -> {
        ground.tell(new Event.RestartRequested(instance, false));
        yield List.of();
      }
      case Order.Refresh(InstanceFmri instance) -> {
        Optional<InstanceDefinition> definition = definitions.definition(instance);
        if (definition.isPresent()) {
          ground.tell(new Event.RefreshRequested(instance, definition.get()));
        }
        yield List.of();
      }
      case Order.Clear(InstanceFmri instance) -> {
        ground.tell(new Event.ClearRequested(instance));
        yield List.of();
      }
      case Order.Look(InstanceFmri instance) -> look(instance);
      case Order.AwaitHealth _, Order.End _ -> List.of();
    };
  }

  private List<Fact> look(InstanceFmri instance) {
    return ground
        .status(instance)
        .<List<Fact>>map(status -> List.of(new Fact.Moved(instance, condition(status))))
        .orElse(List.of());
  }

  private Condition condition(InstanceStatus status) {
    Condition condition = Condition.of(status);
    return condition.isWaiting() ? condition.blockedBy(ground.obstacle(status.fmri())) : condition;
  }

  private static Member.Effect effect(Member member, Direction direction) {
    return direction == Direction.FORWARD ? member.effect() : member.effect().backwards();
  }

  private Fact putInForce(Direction direction) throws IOException {
    List<EntityImage> images =
        direction == Direction.FORWARD ? entry.content().after() : entry.content().before();
    try {
      restore(images);
      ground.tell(definitions(direction));
      return inForce(direction);
    } catch (RepositoryException e) {
      return new Fact.WasRefused(String.valueOf(e.getMessage()));
    }
  }

  private void restore(List<EntityImage> images) throws RepositoryException {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      ImportPlan plan = repository.planRestoration(images);
      if (plan.commit()) {
        return;
      }
    }
    throw new RepositoryException("others change the configuration at the same time", null);
  }

  /// What the engine must know now; what it does not know yet waits for its wave.
  private Event definitions(Direction direction) throws RepositoryException {
    List<Event.InstanceImport> imports = new ArrayList<>();
    List<InstanceFmri> removed = new ArrayList<>();
    Set<InstanceFmri> held = new LinkedHashSet<>();
    for (Member member : entry.content().members()) {
      InstanceFmri instance = member.instance();
      boolean isKnown = ground.status(instance).isPresent();
      if (effect(member, direction) == Member.Effect.DELETED) {
        definitions.remove(instance);
        removed.add(instance);
      } else if (isKnown) {
        repository.instance(instance).ifPresent(stored -> imports.add(inForce(stored)));
      } else {
        held.add(instance);
      }
    }
    for (EntityImage image : entry.content().after()) { // others in whom nothing is to be done
      Fmri fmri = image.fmri();
      if (fmri instanceof InstanceFmri instance
          && !held.contains(instance)
          && !removed.contains(instance)) {
        repository.instance(instance).ifPresent(stored -> definitions.put(definition(stored)));
      }
    }
    return new Event.DefinitionsImported(imports, removed);
  }

  private InstanceDefinition definition(StoredInstance stored) {
    return definitions.read(stored.fmri(), stored.running(), stored.origin());
  }

  private Event.InstanceImport inForce(StoredInstance stored) {
    InstanceDefinition definition = definition(stored);
    definitions.put(definition);
    return new Event.InstanceImport(
        definition,
        ground.status(stored.fmri()).map(InstanceStatus::enabled).orElse(stored.enabled()),
        Optional.empty());
  }

  private Fact inForce(Direction direction) throws RepositoryException {
    Set<InstanceFmri> interest = new LinkedHashSet<>(entry.content().ranBefore());
    entry.content().members().forEach(member -> interest.add(member.instance()));
    Map<InstanceFmri, InstanceStatus> statuses = ground.look(interest);
    Map<InstanceFmri, Condition> now = new LinkedHashMap<>();
    statuses.forEach((instance, status) -> now.put(instance, Condition.of(status)));
    Set<InstanceFmri> stale = new LinkedHashSet<>();
    for (Member member : entry.content().members()) {
      InstanceStatus status = statuses.get(member.instance());
      if (status != null
          && effect(member, direction) != Member.Effect.DELETED
          && member.need() == Need.RESTART
          && isStale(status)) {
        stale.add(member.instance());
      }
    }
    return new Fact.CameIntoForce(now, stale);
  }

  /// Whether it runs, or is being started, with a configuration that makes a restart necessary. The
  /// snapshot is taken when a start has succeeded, so one under way may be of either.
  private boolean isStale(InstanceStatus status) throws RepositoryException {
    InstanceFmri instance = status.fmri();
    if (!status.runtime().state().isRunning()) {
      return status.runtime().next() == InstanceState.ONLINE;
    }
    Optional<Snapshot> started = repository.snapshot(instance, SnapshotName.START);
    if (started.isEmpty()) {
      return true;
    }
    PropertyGroups then = started.get().composed();
    PropertyGroups now = repository.running(instance);
    Need need = Difference.between(then, now).need().and(Difference.between(now, then).need());
    return need == Need.RESTART;
  }

  private List<Fact> admit(List<InstanceFmri> instances) throws IOException {
    List<Event.InstanceImport> imports = new ArrayList<>();
    for (InstanceFmri instance : instances) {
      repository.instance(instance).ifPresent(stored -> imports.add(inForce(stored)));
    }
    ground.tell(new Event.DefinitionsImported(imports, List.of()));
    return instances.stream().flatMap(instance -> look(instance).stream()).toList();
  }
}
