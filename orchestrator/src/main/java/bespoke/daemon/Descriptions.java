package bespoke.daemon;

import bespoke.model.Dependency;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.RestartOn;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import bespoke.repository.Layer;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Describes what is configured as a manifest would, for `svccfg export` and `extract` (smf.md
/// 9.4).
final class Descriptions {

  private final Repository repository;

  Descriptions(Repository repository) {
    this.repository = repository;
  }

  /// Whole services, without what is there only because a dependent of somebody else is in it: who
  /// declares the dependent brings it back.
  List<ServiceDescription> all(List<ServiceFmri> services) throws RepositoryException {
    List<ServiceDescription> descriptions = new ArrayList<>(services.size());
    for (ServiceFmri service : services) {
      List<InstanceDescription> instances = new ArrayList<>();
      for (InstanceFmri instance : repository.instances(service)) {
        PropertyGroups own = repository.own(instance);
        if (holdsDependentsOnly(own)) {
          continue;
        }
        instances.add(
            new InstanceDescription(
                instance.instance(),
                repository.enabled(instance).permanent(),
                withoutEnabled(own),
                dependents(instance, own),
                Origin.UNKNOWN));
      }
      PropertyGroups own = repository.own(service);
      boolean asked = services.size() == 1;
      boolean placeholder = own.byName().isEmpty() && !repository.instances(service).isEmpty();
      if (asked || !instances.isEmpty() || !(placeholder || holdsDependentsOnly(own))) {
        descriptions.add(
            new ServiceDescription(
                service, withoutEnabled(own), instances, dependents(service, own), Origin.UNKNOWN));
      }
    }
    return descriptions;
  }

  /// What administrators changed, and which instances are enabled.
  List<ServiceDescription> changes(List<ServiceFmri> services) throws RepositoryException {
    List<ServiceDescription> descriptions = new ArrayList<>(services.size());
    for (ServiceFmri service : services) {
      List<InstanceDescription> instances = new ArrayList<>();
      for (InstanceFmri instance : repository.instances(service)) {
        if (holdsDependentsOnly(repository.own(instance))) {
          continue;
        }
        instances.add(
            new InstanceDescription(
                instance.instance(),
                repository.enabled(instance).permanent(),
                withoutEnabled(repository.layer(instance, Layer.ADMIN)),
                List.of(),
                Origin.UNKNOWN));
      }
      PropertyGroups changed = withoutEnabled(repository.layer(service, Layer.ADMIN));
      if (!instances.isEmpty() || !changed.byName().isEmpty()) {
        descriptions.add(
            new ServiceDescription(service, changed, instances, List.of(), Origin.UNKNOWN));
      }
    }
    return descriptions;
  }

  private static boolean holdsDependentsOnly(PropertyGroups own) {
    return !own.byName().isEmpty()
        && own.byName().values().stream()
            .allMatch(group -> group.single("external").orElse("").equals("true"));
  }

  /// `general/enabled` is said by the description itself.
  private static PropertyGroups withoutEnabled(PropertyGroups groups) {
    List<PropertyGroup> kept = new ArrayList<>(groups.byName().size());
    for (PropertyGroup group : groups.byName().values()) {
      if (!group.name().equals("general") || group.property("enabled").isEmpty()) {
        kept.add(group);
      } else if (group.properties().size() > 1) {
        Map<String, Property> rest = new LinkedHashMap<>(group.properties());
        rest.remove("enabled");
        kept.add(new PropertyGroup(group.name(), group.type(), rest, group.origin()));
      }
    }
    return PropertyGroups.of(kept);
  }

  /// The dependencies that the entity made in others, from the list in its group `dependents`.
  private List<Dependent> dependents(Fmri self, PropertyGroups own) throws RepositoryException {
    List<Dependent> dependents = new ArrayList<>(0);
    for (Property listed :
        own.group("dependents").map(PropertyGroup::properties).orElse(Map.of()).values()) {
      for (String text : listed.values()) {
        Fmri target = Fmri.parse(text);
        PropertyGroup group = repository.own(target).group(listed.name()).orElse(null);
        Grouping grouping = Grouping.named(group == null ? "" : single(group, "grouping"));
        RestartOn restartOn = RestartOn.named(group == null ? "" : single(group, "restart_on"));
        if (group != null && grouping != null) {
          RestartOn events = restartOn == null ? RestartOn.NONE : restartOn;
          dependents.add(
              new Dependent(
                  new Dependency(group.name(), grouping, events, List.of(self), Origin.UNKNOWN),
                  target));
        }
      }
    }
    return dependents;
  }

  private static String single(PropertyGroup group, String property) {
    return group.single(property).orElse("");
  }
}
