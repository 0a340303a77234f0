package bespoke.restarter;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A configuration in memory.
final class FakeConfiguration implements Configuration {

  private final Map<InstanceFmri, InstanceDefinition> definitions = new ConcurrentHashMap<>();
  private final Map<InstanceFmri, PropertyGroups> running = new ConcurrentHashMap<>();
  private final Map<InstanceFmri, PropertyGroups> editing = new ConcurrentHashMap<>();
  private final Map<ServiceFmri, PropertyGroups> services = new ConcurrentHashMap<>();

  void define(InstanceDefinition definition) {
    definitions.put(definition.fmri(), definition);
    running.putIfAbsent(definition.fmri(), PropertyGroups.EMPTY);
  }

  FakeConfiguration running(InstanceFmri instance, String path, String... values) {
    running.merge(instance, groups(path, values), PropertyGroups::overriddenBy);
    return this;
  }

  FakeConfiguration editing(InstanceFmri instance, String path, String... values) {
    editing.merge(instance, groups(path, values), PropertyGroups::overriddenBy);
    return this;
  }

  FakeConfiguration service(ServiceFmri service, String path, String... values) {
    services.merge(service, groups(path, values), PropertyGroups::overriddenBy);
    return this;
  }

  private static PropertyGroups groups(String path, String... values) {
    int slash = path.indexOf('/');
    Property property =
        new Property(
            path.substring(slash + 1), PropertyType.ASTRING, List.of(values), Origin.UNKNOWN);
    return PropertyGroups.of(
        new ArrayList<>(
            List.of(
                PropertyGroup.of(
                    path.substring(0, slash),
                    PropertyGroup.APPLICATION,
                    List.of(property),
                    Origin.UNKNOWN))));
  }

  @Override
  public Optional<InstanceDefinition> definition(InstanceFmri instance) {
    return Optional.ofNullable(definitions.get(instance));
  }

  @Override
  public Optional<PropertyGroups> running(InstanceFmri instance) {
    return Optional.ofNullable(running.get(instance));
  }

  @Override
  public Optional<PropertyGroups> editing(InstanceFmri instance) {
    return Optional.ofNullable(editing.get(instance));
  }

  @Override
  public Optional<PropertyGroups> service(ServiceFmri service) {
    return Optional.ofNullable(services.get(service));
  }
}
