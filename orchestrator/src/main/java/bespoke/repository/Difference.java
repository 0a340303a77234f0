package bespoke.repository;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One thing in which two sets of property groups differ: snapshots, layers, a file and what runs.
///
/// @param group the group's name
/// @param property the property's name; empty when a whole group without properties came or went,
///   or its type changed
/// @param before what it was; empty if it was not there
/// @param after what it is; empty if it is not there
public record Difference(
    String group, String property, Optional<Property> before, Optional<Property> after) {

  /// What must change for `before` to become `after`, in the order of `before`, then of `after`;
  /// origins do not count.
  public static List<Difference> between(PropertyGroups before, PropertyGroups after) {
    List<Difference> differences = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(before.byName().keySet());
    names.addAll(after.byName().keySet());
    for (String name : names) {
      between(name, before.group(name), after.group(name), differences);
    }
    return differences;
  }

  private static void between(
      String name,
      Optional<PropertyGroup> before,
      Optional<PropertyGroup> after,
      List<Difference> differences) {
    Set<String> names = new LinkedHashSet<>();
    before.ifPresent(group -> names.addAll(group.properties().keySet()));
    after.ifPresent(group -> names.addAll(group.properties().keySet()));
    boolean sameKind = before.map(PropertyGroup::type).equals(after.map(PropertyGroup::type));
    if (!sameKind && (names.isEmpty() || before.isPresent() && after.isPresent())) {
      differences.add(new Difference(name, "", Optional.empty(), Optional.empty()));
    }
    for (String property : names) {
      Optional<Property> was = before.flatMap(group -> group.property(property));
      Optional<Property> is = after.flatMap(group -> group.property(property));
      boolean same =
          was.isPresent() && is.isPresent()
              ? was.get().sameValue(is.get())
              : was.isEmpty() && is.isEmpty();
      if (!same) {
        differences.add(new Difference(name, property, was, is));
      }
    }
  }
}
