package bespoke.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The property groups of a service, of an instance, or composed of both.
///
/// @param byName in the order of the source
public record PropertyGroups(Map<String, PropertyGroup> byName) {

  /// No groups at all.
  public static final PropertyGroups EMPTY = new PropertyGroups(Map.of());

  public PropertyGroups {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /// These groups.
  public static PropertyGroups of(Collection<PropertyGroup> groups) {
    Map<String, PropertyGroup> byName = new LinkedHashMap<>();
    groups.forEach(group -> byName.put(group.name(), group));
    return new PropertyGroups(byName);
  }

  /// The group of that name.
  public Optional<PropertyGroup> group(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// The property `group/property`.
  public Optional<Property> property(String group, String property) {
    return group(group).flatMap(g -> g.property(property));
  }

  /// The value of a property that has exactly one.
  public Optional<String> single(String group, String property) {
    return property(group, property).flatMap(Property::single);
  }

  /// All groups of a type, in order.
  public List<PropertyGroup> ofType(String type) {
    List<PropertyGroup> found = List.of();
    for (PropertyGroup group : byName.values()) {
      if (group.type().equals(type)) {
        if (found.isEmpty()) {
          found = new ArrayList<>();
        }
        found.add(group);
      }
    }
    return Collections.unmodifiableList(found);
  }

  /// An instance's view: its own groups over its service's, property by property (DESIGN 3, M21).
  ///
  /// An instance's dependency group without any property masks the service's (smf(7)): it replaces
  /// it whole.
  public PropertyGroups overriddenBy(PropertyGroups instance) {
    Map<String, PropertyGroup> merged = new LinkedHashMap<>(byName);
    instance.byName.forEach(
        (name, group) -> merged.merge(name, group, PropertyGroups::overrideOne));
    return new PropertyGroups(merged);
  }

  private static PropertyGroup overrideOne(PropertyGroup service, PropertyGroup instance) {
    boolean masks =
        instance.type().equals(PropertyGroup.DEPENDENCY) && instance.properties().isEmpty();
    return masks ? instance : service.overriddenBy(instance);
  }
}
