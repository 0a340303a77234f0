package bespoke.model.definition;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.RestartOn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the property groups of type `dependency` (smf.md 3.1, 3.8).
final class DependencyReading {

  private final Sharing sharing;
  private final Faults faults;

  DependencyReading(Sharing sharing, Faults faults) {
    this.sharing = sharing;
    this.faults = faults;
  }

  /// All groups that are not empty; an empty one masks the service's.
  List<Dependency> all(PropertyGroups groups) {
    List<Dependency> dependencies = new ArrayList<>();
    for (PropertyGroup group : groups.byName().values()) {
      if (group.type().equals(PropertyGroup.DEPENDENCY) && !group.properties().isEmpty()) {
        Dependency dependency = one(group);
        if (dependency != null) {
          dependencies.add(dependency);
        }
      }
    }
    return dependencies;
  }

  private @Nullable Dependency one(PropertyGroup group) {
    Grouping grouping = Grouping.named(group.single("grouping").orElse(""));
    RestartOn restartOn = RestartOn.named(group.single("restart_on").orElse("none"));
    Optional<Property> entities = group.property("entities");
    if (grouping == null) {
      return refuse(group, "has no valid grouping");
    }
    if (restartOn == null) {
      return refuse(group, "has no valid restart_on");
    }
    if (entities.isEmpty()) {
      return refuse(group, "has no entities");
    }
    boolean paths = group.single("type").orElse("service").equals("path");
    List<Entity> read = new ArrayList<>(entities.get().values().size());
    for (String text : entities.get().values()) {
      Entity entity = entity(group, text, paths);
      if (entity == null) {
        return null;
      }
      read.add(entity);
    }
    return new Dependency(
        sharing.one(group.name()), grouping, restartOn, sharing.one(read), origin(group));
  }

  /// A person who changed what it names says more than the file that declared it.
  private static Origin origin(PropertyGroup group) {
    return group
        .property("entities")
        .map(Property::origin)
        .filter(Origin.Administrator.class::isInstance)
        .orElse(group.origin());
  }

  private @Nullable Entity entity(PropertyGroup group, String text, boolean path) {
    try {
      Entity entity = Entity.parse(text);
      if (entity instanceof FileFmri == path) {
        return sharing.one(entity);
      }
      refuse(group, "is of type " + (path ? "path" : "service") + " but names \"" + text + "\"");
    } catch (IllegalArgumentException e) {
      refuse(group, "names \"" + text + "\": " + e.getMessage());
    }
    return null;
  }

  private @Nullable Dependency refuse(PropertyGroup group, String what) {
    faults.dependency("The dependency \"" + group.name() + "\" " + what + ".");
    return null;
  }
}
