package bespoke.daemon;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceFmri;
import bespoke.model.definition.Definitions;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.restarter.Configuration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The typed definitions in force, and for the restarter the property groups behind them.
final class KnownDefinitions implements Configuration {
  private final CompletableFuture<Repository> opening;
  private final BiConsumer<Boolean, String> log;
  private final ConcurrentHashMap<InstanceFmri, InstanceDefinition> definitions =
      new ConcurrentHashMap<>();
  private final Definitions reading = new Definitions();
  private final AtomicReference<Function<InstanceFmri, Optional<InstanceStatus>>> statuses =
      new AtomicReference<>(_ -> Optional.empty());

  /// @param opening the repository, which may still be on its way
  KnownDefinitions(CompletableFuture<Repository> opening, BiConsumer<Boolean, String> log) {
    this.opening = opening;
    this.log = log;
  }

  /// The same definitions over another repository, to be changed apart from these.
  KnownDefinitions on(Repository repository) {
    KnownDefinitions copy =
        new KnownDefinitions(CompletableFuture.completedFuture(repository), log);
    copy.definitions.putAll(definitions);
    copy.statuses.set(statuses.get());
    return copy;
  }

  /// From now on the state of an instance is known.
  void statuses(Function<InstanceFmri, Optional<InstanceStatus>> lookUp) {
    statuses.set(lookUp);
  }

  @Override
  public Optional<PropertyGroup> status(InstanceFmri instance) {
    return statuses.get().apply(instance).map(status -> StatusGroups.of(status, "").getFirst());
  }

  /// Reads a definition, without putting it into force.
  synchronized InstanceDefinition read(InstanceFmri fmri, PropertyGroups composed, Origin origin) {
    return reading.read(fmri, composed, origin);
  }

  /// Puts a definition into force.
  void put(InstanceDefinition definition) {
    definitions.put(definition.fmri(), definition);
  }

  /// Forgets a definition.
  void remove(InstanceFmri fmri) {
    definitions.remove(fmri);
  }

  /// All definitions in force.
  Collection<InstanceDefinition> all() {
    return List.copyOf(definitions.values());
  }

  @Override
  public Optional<InstanceDefinition> definition(InstanceFmri instance) {
    return Optional.ofNullable(definitions.get(instance));
  }

  @Override
  public Optional<PropertyGroups> running(InstanceFmri instance) {
    return look(repository -> Optional.of(repository.running(instance)));
  }

  @Override
  public Optional<PropertyGroups> editing(InstanceFmri instance) {
    return look(repository -> Optional.of(repository.editing(instance)));
  }

  @Override
  public Optional<PropertyGroups> service(ServiceFmri service) {
    return look(repository ->
        repository.contains(service) ? Optional.of(repository.own(service)) : Optional.empty());
  }

  /// A look into the repository.
  @FunctionalInterface
  private interface Look {
    Optional<PropertyGroups> in(Repository repository) throws RepositoryException;
  }

  private Optional<PropertyGroups> look(Look look) {
    try {
      return look.in(opening.join());
    } catch (RepositoryException e) {
      log.accept(true, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
