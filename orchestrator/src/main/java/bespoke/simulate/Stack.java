package bespoke.simulate;

import bespoke.api.OperandMatcher;
import bespoke.engine.Event;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.manifest.NearestName;
import bespoke.manifest.Problem;
import bespoke.manifest.scenario.Operand;
import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import bespoke.model.definition.Definitions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The services of a set of manifests, as they would be after their import into an empty
/// repository.
final class Stack implements OperandMatcher.Catalogue {
  private final Map<InstanceFmri, InstanceDefinition> definitions = new TreeMap<>();
  private final Map<InstanceFmri, Boolean> enabled = new LinkedHashMap<>();
  private final Map<String, List<String>> byService = new LinkedHashMap<>();
  private final OperandMatcher matcher = new OperandMatcher(this);

  Stack(List<ServiceDescription> services) {
    Definitions reading = new Definitions();
    for (ServiceDescription service : services) {
      for (InstanceDescription instance : service.instances()) {
        InstanceFmri fmri = service.fmri().instance(instance.name());
        definitions.put(
            fmri,
            reading.read(
                fmri, service.groups().overriddenBy(instance.groups()), instance.origin()));
        enabled.put(fmri, instance.enabled().orElse(false));
      }
    }
    for (ServiceDescription service : services) {
      service.dependents().forEach(this::put);
      service.instances().forEach(instance -> instance.dependents().forEach(this::put));
    }
    definitions
        .keySet()
        .forEach(fmri ->
            byService
                .computeIfAbsent(fmri.serviceFmri().toString(), _ -> new ArrayList<>())
                .add(fmri.toString()));
  }

  /// A dependent becomes a dependency of its target.
  private void put(Dependent dependent) {
    for (InstanceFmri target : instances(dependent.target())) {
      definitions.computeIfPresent(target, (_, old) -> with(old, dependent.dependency()));
    }
  }

  private List<InstanceFmri> instances(Fmri target) {
    return switch (target) {
      case InstanceFmri instance -> List.of(instance);
      case ServiceFmri service ->
          definitions.keySet().stream().filter(it -> it.serviceFmri().equals(service)).toList();
    };
  }

  private static InstanceDefinition with(InstanceDefinition old, Dependency dependency) {
    List<Dependency> dependencies = new ArrayList<>(old.dependencies());
    dependencies.add(dependency);
    return old.dependingOn(dependencies);
  }

  /// How many instances there are.
  int size() {
    return definitions.size();
  }

  InstanceGraph graph() {
    return InstanceGraph.of(definitions.values());
  }

  InstanceDefinition definition(InstanceFmri instance) {
    InstanceDefinition found = definitions.get(instance);
    if (found == null) {
      throw new IllegalArgumentException("no instance " + instance);
    }
    return found;
  }

  boolean isEnabled(InstanceFmri instance) {
    return enabled.getOrDefault(instance, false);
  }

  /// Everything, for the engine's first event.
  Event everything() {
    List<Event.InstanceImport> all = new ArrayList<>(definitions.size());
    definitions.forEach((fmri, definition) ->
        all.add(
            new Event.InstanceImport(
                definition, EnabledSetting.permanently(isEnabled(fmri)), Optional.empty())));
    return new Event.DefinitionsImported(all, List.of());
  }

  // --- operands

  /// The instances that an operand means; none if it matches nothing.
  List<InstanceFmri> matching(Operand operand) {
    return matcher.match(operand.text()).fmris().stream().map(InstanceFmri::parse).toList();
  }

  /// What is wrong with an operand.
  Problem unmatched(Operand operand) {
    List<String> names = new ArrayList<>();
    byService.keySet().forEach(service -> names.add(service.substring("svc:/".length())));
    return new Problem(
        operand.place().file(),
        operand.place().line(),
        operand.place().column(),
        "cannot find an instance that matches \"" + operand.text() + "\"",
        NearestName.hint(operand.text(), names));
  }

  @Override
  public boolean hasInstance(String fmri) {
    try {
      return Fmri.parse(fmri) instanceof InstanceFmri instance && definitions.containsKey(instance);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public Collection<String> instancesOf(String serviceFmri) {
    return byService.getOrDefault(serviceFmri, List.of());
  }

  @Override
  public Iterable<String> all() {
    return definitions.keySet().stream().map(InstanceFmri::toString).toList();
  }
}
