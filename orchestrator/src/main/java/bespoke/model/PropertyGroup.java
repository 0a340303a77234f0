package bespoke.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A named, typed group of properties of a service or an instance (smf(7), scf_pg_create(3SCF)).
///
/// @param name unique in its service or instance
/// @param type `framework`, `dependency`, `method`, `template`, `application` or any other name
/// @param properties by name, in the order of the source
/// @param origin where the group was declared
public record PropertyGroup(
    String name, String type, Map<String, Property> properties, Origin origin) {

  public static final String FRAMEWORK = "framework";
  public static final String DEPENDENCY = "dependency";
  public static final String METHOD = "method";
  public static final String TEMPLATE = "template";
  public static final String APPLICATION = "application";

  public PropertyGroup {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /// A group of these properties.
  public static PropertyGroup of(
      String name, String type, Collection<Property> properties, Origin origin) {
    Map<String, Property> byName = new LinkedHashMap<>();
    properties.forEach(property -> byName.put(property.name(), property));
    return new PropertyGroup(name, type, byName, origin);
  }

  /// The property of that name.
  public Optional<Property> property(String propertyName) {
    return Optional.ofNullable(properties.get(propertyName));
  }

  /// The value of a property that has exactly one.
  public Optional<String> single(String propertyName) {
    return property(propertyName).flatMap(Property::single);
  }

  /// This group with properties of the other replacing or joining it; the instance's view over its
  /// service's.
  public PropertyGroup overriddenBy(PropertyGroup other) {
    Map<String, Property> merged = new LinkedHashMap<>(properties);
    merged.putAll(other.properties);
    return new PropertyGroup(name, other.type, merged, other.origin);
  }
}
