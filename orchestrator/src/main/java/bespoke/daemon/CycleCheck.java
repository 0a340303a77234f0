package bespoke.daemon;

import bespoke.control.Configuration;
import bespoke.graph.analysis.Cycle;
import bespoke.graph.analysis.Cycles;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceFmri;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether changed definitions would close a dependency cycle with those in force (DESIGN 3, 3.7).
final class CycleCheck {
  private final Repository repository;
  private final KnownDefinitions definitions;

  CycleCheck(Repository repository, KnownDefinitions definitions) {
    this.repository = repository;
    this.definitions = definitions;
  }

  /// The cycle that an entity's own groups would close, every edge named.
  Optional<String> with(Fmri entity, PropertyGroups own) throws Configuration.RefusedException {
    Map<InstanceFmri, InstanceDefinition> changed =
        RepositoryAccess.of(() ->
            switch (entity) {
              case InstanceFmri instance ->
                  Map.of(
                      instance,
                      definition(
                          instance, repository.own(instance.serviceFmri()).overriddenBy(own)));
              case ServiceFmri service -> ofService(service, own);
            });
    List<String> refusals = new ArrayList<>();
    for (Cycle cycle : closedBy(changed, definitions.all())) {
      refusals.addAll(cycle.refusal());
    }
    return refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", refusals));
  }

  private Map<InstanceFmri, InstanceDefinition> ofService(ServiceFmri service, PropertyGroups own)
      throws RepositoryException {
    Map<InstanceFmri, InstanceDefinition> changed = new LinkedHashMap<>();
    for (InstanceFmri instance : repository.instances(service)) {
      changed.put(instance, definition(instance, own.overriddenBy(repository.own(instance))));
    }
    return changed;
  }

  private InstanceDefinition definition(InstanceFmri instance, PropertyGroups composed) {
    Origin origin =
        definitions.definition(instance).map(InstanceDefinition::origin).orElse(Origin.UNKNOWN);
    return definitions.read(instance, composed, origin);
  }

  /// The cycles that have a changed instance in them.
  static List<Cycle> closedBy(
      Map<InstanceFmri, InstanceDefinition> changed, Collection<InstanceDefinition> inForce) {
    Map<InstanceFmri, InstanceDefinition> all = new LinkedHashMap<>();
    inForce.forEach(definition -> all.put(definition.fmri(), definition));
    all.putAll(changed);
    return Cycles.of(InstanceGraph.of(all.values())).stream()
        .filter(cycle -> cycle.instances().stream().anyMatch(changed::containsKey))
        .toList();
  }
}
