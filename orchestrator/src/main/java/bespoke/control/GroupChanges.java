package bespoke.control;

import bespoke.api.Change;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an entity's own dependency groups must become, and the changes that make them so.
final class GroupChanges {
  private GroupChanges() {}

  /// The entity's own groups with other dependencies: what it inherits and still wants is left to
  /// the service, what it inherits and no longer wants is masked by an empty group (smf.md 2.9).
  ///
  /// @param inherited the service's groups; none for a service
  static PropertyGroups own(
      PropertyGroups own,
      PropertyGroups inherited,
      Map<String, DependencyGroup> before,
      Map<String, DependencyGroup> after) {
    Map<String, PropertyGroup> groups = new LinkedHashMap<>(own.byName());
    for (DependencyGroup gone : before.values()) {
      if (!after.containsKey(gone.name())) {
        if (inherited.group(gone.name()).isPresent()) {
          groups.put(gone.name(), dependency(gone, Map.of()));
        } else {
          groups.remove(gone.name());
        }
      }
    }
    for (DependencyGroup wanted : after.values()) {
      DependencyGroup known = before.get(wanted.name());
      if (!wanted.equals(known)) {
        Optional<PropertyGroup> old = own.group(wanted.name());
        groups.put(wanted.name(), dependency(wanted, properties(wanted, known, old)));
      }
    }
    return new PropertyGroups(groups);
  }

  private static PropertyGroup dependency(DependencyGroup of, Map<String, Property> properties) {
    return new PropertyGroup(of.name(), PropertyGroup.DEPENDENCY, properties, of.origin());
  }

  private static Map<String, Property> properties(
      DependencyGroup wanted,
      @org.jspecify.annotations.Nullable DependencyGroup known,
      Optional<PropertyGroup> old) {
    Map<String, Property> properties =
        new LinkedHashMap<>(old.map(PropertyGroup::properties).orElse(Map.of()));
    Map<String, Property> before = known == null ? Map.of() : known.properties();
    wanted
        .properties()
        .forEach((name, property) -> {
          Property was = before.get(name);
          if (was == null || !was.sameValue(property)) {
            properties.put(name, property);
          }
        });
    return properties;
  }

  /// The changes from one set of groups to another.
  static List<Change> between(PropertyGroups before, PropertyGroups after) {
    List<Change> changes = new ArrayList<>();
    for (String name : before.byName().keySet()) {
      if (after.group(name).isEmpty()) {
        changes.add(new Change("delpg", name, "", "", List.of(), true));
      }
    }
    for (PropertyGroup group : after.byName().values()) {
      Optional<PropertyGroup> old = before.group(group.name());
      if (old.isEmpty()) {
        changes.add(new Change("addpg", group.name(), "", group.type(), List.of(), true));
      }
      properties(group.name(), old.map(PropertyGroup::properties).orElse(Map.of()), group, changes);
    }
    return changes;
  }

  private static void properties(
      String name, Map<String, Property> before, PropertyGroup after, List<Change> changes) {
    for (String property : before.keySet()) {
      if (after.property(property).isEmpty()) {
        changes.add(new Change("delprop", name, property, "", List.of(), true));
      }
    }
    for (Property property : after.properties().values()) {
      Property was = before.get(property.name());
      if (was == null || !was.sameValue(property)) {
        changes.add(
            new Change(
                "setprop",
                name,
                property.name(),
                property.type().toString(),
                property.values(),
                true));
      }
    }
  }
}
