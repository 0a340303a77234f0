package bespoke.manifest;

import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Makes one description of several that describe the same service: several bundles of SMF's XML
/// that add to each other, or a file that adds instances.
///
/// What both say is taken from the later one, property by property.
public final class ServiceMerge {

  private ServiceMerge() {}

  /// One description a service, in the order in which they are first described.
  public static List<ServiceDescription> merge(List<ServiceDescription> services) {
    Map<ServiceFmri, ServiceDescription> merged = new LinkedHashMap<>();
    services.forEach(service -> merged.merge(service.fmri(), service, ServiceMerge::two));
    return List.copyOf(merged.values());
  }

  private static ServiceDescription two(ServiceDescription first, ServiceDescription second) {
    Map<String, InstanceDescription> instances = new LinkedHashMap<>();
    Stream.concat(first.instances().stream(), second.instances().stream())
        .forEach(instance -> instances.merge(instance.name(), instance, ServiceMerge::two));
    boolean speaks = !first.groups().byName().isEmpty() || second.groups().byName().isEmpty();
    return new ServiceDescription(
        first.fmri(),
        groups(first.groups(), second.groups()),
        List.copyOf(instances.values()),
        dependents(first.dependents(), second.dependents()),
        speaks ? first.origin() : second.origin());
  }

  private static InstanceDescription two(InstanceDescription first, InstanceDescription second) {
    return new InstanceDescription(
        first.name(),
        second.enabled().or(first::enabled),
        groups(first.groups(), second.groups()),
        dependents(first.dependents(), second.dependents()),
        first.origin());
  }

  private static PropertyGroups groups(PropertyGroups first, PropertyGroups second) {
    Map<String, PropertyGroup> merged = new LinkedHashMap<>(first.byName());
    second
        .byName()
        .values()
        .forEach(group -> merged.merge(group.name(), group, PropertyGroup::overriddenBy));
    return new PropertyGroups(merged);
  }

  private static List<Dependent> dependents(List<Dependent> first, List<Dependent> second) {
    List<Dependent> all = new ArrayList<>(first);
    for (Dependent dependent : second) {
      all.removeIf(known ->
          known.target().equals(dependent.target())
              && known.dependency().name().equals(dependent.dependency().name()));
      all.add(dependent);
    }
    return all;
  }
}
