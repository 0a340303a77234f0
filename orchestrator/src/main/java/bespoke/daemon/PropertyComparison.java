package bespoke.daemon;

import bespoke.api.DifferenceRecord;
import bespoke.api.ErrorKind;
import bespoke.api.PropertyRecord;
import bespoke.control.Configuration;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import bespoke.repository.Difference;
import bespoke.repository.Layer;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.Snapshot;
import bespoke.repository.SnapshotName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares what is configured with what runs, with a snapshot, a layer or a file (`svccfg diff`).
///
/// `general/enabled` and what others' dependents put into an entity are in no file and no layer;
/// with one of these on either side they are left out of both.
final class PropertyComparison {
  private final Repository repository;

  PropertyComparison(Repository repository) {
    this.repository = repository;
  }

  List<DifferenceRecord> between(Fmri entity, Configuration.Side before, Configuration.Side after)
      throws RepositoryException, Configuration.RefusedException {
    PropertyGroups first = groups(entity, before);
    PropertyGroups second = groups(entity, after);
    if (!isWhole(before) || !isWhole(after)) {
      first = described(first);
      second = described(second);
    }
    List<DifferenceRecord> differences = new ArrayList<>();
    for (Difference one : Difference.between(first, second)) {
      differences.add(
          new DifferenceRecord(
              entity.toString(),
              one.group(),
              one.property(),
              record(one.before()),
              record(one.after())));
    }
    return differences;
  }

  private static List<PropertyRecord> record(Optional<Property> property) {
    return property.map(PropertyViews::record).map(List::of).orElse(List.of());
  }

  private static boolean isWhole(Configuration.Side side) {
    return switch (side.name()) {
      case "", "manifest", "profile", "admin" -> false;
      default -> true;
    };
  }

  private PropertyGroups groups(Fmri entity, Configuration.Side side)
      throws RepositoryException, Configuration.RefusedException {
    return switch (side.name()) {
      case "" -> file(entity, side.file());
      case "current" -> repository.editing(entity);
      case "manifest" -> repository.upTo(entity, Layer.MANIFEST);
      case "profile" -> repository.upTo(entity, Layer.PROFILE);
      case "admin" -> repository.upTo(entity, Layer.ADMIN);
      default -> snapshot(entity, side.name());
    };
  }

  private PropertyGroups snapshot(Fmri entity, String name)
      throws RepositoryException, Configuration.RefusedException {
    SnapshotName snapshot = SnapshotName.named(name);
    if (snapshot == null) {
      throw new Configuration.RefusedException(
          ErrorKind.NOT_FOUND,
          "there is nothing named \""
              + name
              + "\" to compare with; use current, a snapshot (running, initial, last-import,"
              + " previous, start), a layer (manifest, profile, admin) or a file");
    }
    return switch (entity) {
      case ServiceFmri service ->
          throw new Configuration.RefusedException(
              ErrorKind.STATE, "Only instances have snapshots; compare an instance of " + service);
      case InstanceFmri instance ->
          snapshot == SnapshotName.RUNNING
              ? repository.running(instance)
              : repository
                  .snapshot(instance, snapshot)
                  .map(Snapshot::composed)
                  .orElseThrow(() ->
                      new Configuration.RefusedException(
                          ErrorKind.NOT_FOUND, instance + " has no snapshot \"" + name + "\" yet"));
    };
  }

  private static PropertyGroups file(Fmri entity, List<ServiceDescription> services)
      throws Configuration.RefusedException {
    for (ServiceDescription service : services) {
      if (service.fmri().equals(entity.serviceFmri())) {
        return switch (entity) {
          case ServiceFmri same -> service.groups();
          case InstanceFmri instance -> instance(service, instance);
        };
      }
    }
    throw new Configuration.RefusedException(
        ErrorKind.NOT_FOUND, "the file does not describe " + entity.serviceFmri());
  }

  private static PropertyGroups instance(ServiceDescription service, InstanceFmri fmri) {
    for (InstanceDescription instance : service.instances()) {
      if (instance.name().equals(fmri.instance())) {
        return service.groups().overriddenBy(instance.groups());
      }
    }
    return service.groups();
  }

  private static PropertyGroups described(PropertyGroups groups) {
    Map<String, PropertyGroup> kept = new LinkedHashMap<>();
    for (PropertyGroup group : groups.byName().values()) {
      boolean others =
          group.name().equals("dependents") || group.single("external").orElse("").equals("true");
      if (!others) {
        Map<String, Property> properties = new LinkedHashMap<>(group.properties());
        boolean enabled = group.name().equals("general") && properties.remove("enabled") != null;
        if (!enabled || !properties.isEmpty()) {
          kept.put(
              group.name(),
              new PropertyGroup(group.name(), group.type(), properties, group.origin()));
        }
      }
    }
    return new PropertyGroups(kept);
  }
}
