package bespoke.daemon;

import bespoke.api.ConfiguredEntity;
import bespoke.api.ErrorKind;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.control.Configuration;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceFmri;
import bespoke.repository.Customization;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.Snapshot;
import bespoke.repository.SnapshotName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is configured, as the commands see it: the views of svcprop(1), snapshots, and what
/// administrators changed.
final class PropertyViews {
  private final Repository repository;
  private final RepositoryConfiguration.Told told;

  PropertyViews(Repository repository, RepositoryConfiguration.Told told) {
    this.repository = repository;
    this.told = told;
  }

  ConfiguredEntity properties(Fmri entity, String view, String snapshot)
      throws Configuration.RefusedException {
    PropertyGroups groups = RepositoryAccess.of(() -> groups(entity, view, snapshot));
    List<PropertyGroupRecord> records = new ArrayList<>();
    for (PropertyGroup group : groups.byName().values()) {
      records.add(record(group, true));
    }
    if (entity instanceof InstanceFmri instance && !view.equals("snapshot")) {
      told.status(instance)
          .ifPresent(status ->
              StatusGroups.of(status, told.logFile(instance))
                  .forEach(group -> records.add(record(group, false))));
    }
    return new ConfiguredEntity(entity.toString(), records);
  }

  private PropertyGroups groups(Fmri entity, String view, String snapshot)
      throws RepositoryException, Configuration.RefusedException {
    return switch (entity) {
      case ServiceFmri service -> {
        if (view.equals("snapshot")) {
          throw new Configuration.RefusedException(
              ErrorKind.STATE, "Only instances have snapshots.");
        }
        yield repository.own(service);
      }
      case InstanceFmri instance ->
          switch (view) {
            case "own" -> repository.own(instance);
            case "composed" -> repository.editing(instance);
            case "snapshot" -> snapshot(instance, snapshot).composed();
            default -> repository.running(instance);
          };
    };
  }

  Snapshot snapshot(InstanceFmri instance, String name)
      throws RepositoryException, Configuration.RefusedException {
    return repository
        .snapshot(instance, snapshotName(name))
        .orElseThrow(
            () -> new Configuration.RefusedException(ErrorKind.NOT_FOUND, "No such snapshot."));
  }

  static SnapshotName snapshotName(String name) throws Configuration.RefusedException {
    SnapshotName found = SnapshotName.named(name);
    if (found == null) {
      throw new Configuration.RefusedException(ErrorKind.NOT_FOUND, "No such snapshot.");
    }
    return found;
  }

  static PropertyGroupRecord record(PropertyGroup group, boolean persistent) {
    List<PropertyRecord> properties = new ArrayList<>();
    for (Property property : group.properties().values()) {
      properties.add(record(property));
    }
    return new PropertyGroupRecord(group.name(), group.type(), persistent, properties);
  }

  static PropertyRecord record(Property property) {
    return new PropertyRecord(
        property.name(),
        property.type().toString(),
        property.values(),
        false,
        "",
        property.origin() instanceof Origin.Unknown ? "" : property.origin().toString());
  }

  List<String> snapshots(InstanceFmri instance) throws Configuration.RefusedException {
    return RepositoryAccess.of(() -> repository.snapshots(instance)).stream()
        .map(SnapshotName::toString)
        .toList();
  }

  ConfiguredEntity customizations(Fmri entity) throws Configuration.RefusedException {
    Map<String, List<PropertyRecord>> byGroup = new LinkedHashMap<>();
    for (Customization one : RepositoryAccess.of(() -> repository.customizations(entity))) {
      byGroup
          .computeIfAbsent(one.path().group(), group -> new ArrayList<>())
          .add(
              new PropertyRecord(
                  one.path().property(),
                  one.value().map(value -> value.type().toString()).orElse(""),
                  one.value().map(Property::values).orElse(List.of()),
                  false,
                  one.layer().toString(),
                  one.origin().toString()));
    }
    List<PropertyGroupRecord> groups = new ArrayList<>();
    byGroup.forEach(
        (name, properties) -> groups.add(new PropertyGroupRecord(name, "", true, properties)));
    return new ConfiguredEntity(entity.toString(), groups);
  }
}
