package bespoke.control;

import bespoke.api.EdgeRecord;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A dependency as its property group stores it (smf.md 3.1), and as it would be stored.
///
/// @param name of the group
/// @param grouping `require_all` and so on
/// @param restartOn `none` and so on
/// @param entities FMRIs of services and instances, or of files
/// @param isPath whether they are files
/// @param origin where it was declared
record DependencyGroup(
    String name,
    String grouping,
    String restartOn,
    List<String> entities,
    boolean isPath,
    Origin origin) {

  DependencyGroup {
    entities = List.copyOf(entities);
  }

  /// A new one.
  static DependencyGroup of(
      String name, Grouping grouping, RestartOn restartOn, List<Entity> entities, Origin origin) {
    return new DependencyGroup(
        name,
        grouping.toString(),
        restartOn.toString(),
        entities.stream().map(Entity::toString).toList(),
        entities.getFirst() instanceof FileFmri,
        origin);
  }

  /// Reads a group of type `dependency`.
  static DependencyGroup read(PropertyGroup group) {
    Optional<Property> entities = group.property("entities");
    return new DependencyGroup(
        group.name(),
        group.single("grouping").orElse(""),
        group.single("restart_on").orElse(RestartOn.NONE.toString()),
        entities.map(Property::values).orElse(List.of()),
        group.single("type").orElse("").equals("path"),
        entities
            .map(Property::origin)
            .filter(Origin.Administrator.class::isInstance)
            .orElse(group.origin()));
  }

  DependencyGroup with(List<String> others, Origin by) {
    return new DependencyGroup(name, grouping, restartOn, others, isPath, by);
  }

  DependencyGroup with(Optional<Grouping> other, Optional<RestartOn> on, Origin by) {
    return new DependencyGroup(
        name,
        other.map(Grouping::toString).orElse(grouping),
        on.map(RestartOn::toString).orElse(restartOn),
        entities,
        isPath,
        by);
  }

  /// Whether an entity of it counts for itself, so that it could as well stand alone; the members
  /// of `require_any` only mean something together.
  boolean isDivisible() {
    return !grouping.equals(Grouping.REQUIRE_ANY.toString()) || entities.size() == 1;
  }

  /// The entities that a person means by a target: itself, or the service that it belongs to.
  List<String> meantBy(Entity target) {
    return entities.stream().filter(text -> isMeant(text, target)).toList();
  }

  private static boolean isMeant(String text, Entity target) {
    try {
      Entity entity = Entity.parse(text);
      return entity.equals(target)
          || entity instanceof Fmri fmri
              && target instanceof Fmri wanted
              && (fmri instanceof ServiceFmri || wanted instanceof ServiceFmri)
              && fmri.serviceFmri().equals(wanted.serviceFmri());
    } catch (IllegalArgumentException e) {
      return false; // cannot be meant by an FMRI
    }
  }

  /// Its properties.
  Map<String, Property> properties() {
    Map<String, Property> properties = new LinkedHashMap<>();
    put(properties, "grouping", PropertyType.ASTRING, List.of(grouping));
    put(properties, "restart_on", PropertyType.ASTRING, List.of(restartOn));
    put(properties, "type", PropertyType.ASTRING, List.of(isPath ? "path" : "service"));
    put(properties, "entities", PropertyType.FMRI, entities);
    return properties;
  }

  private void put(
      Map<String, Property> properties, String key, PropertyType type, List<String> values) {
    properties.put(key, new Property(key, type, values, origin));
  }

  /// Its edges.
  List<EdgeRecord> edges(Fmri from) {
    List<EdgeRecord> edges = new ArrayList<>(entities.size());
    for (String entity : entities) {
      edges.add(
          new EdgeRecord(
              from.toString(), entity, name, grouping, restartOn, Records.origin(origin)));
    }
    return edges;
  }
}
