package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The permanent setting of an instance, `general/enabled`.
///
/// @param value what holds; empty if it is not configured
/// @param comment why, or empty
/// @param origin who decided
/// @param wish what its manifest says
record EnabledRow(Optional<Boolean> value, String comment, Origin origin, Optional<Boolean> wish) {

  static final EnabledRow NONE =
      new EnabledRow(Optional.empty(), "", Origin.UNKNOWN, Optional.empty());

  // see InstanceFmri
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EnabledRow that
        && value.equals(that.value)
        && comment.equals(that.comment)
        && wish.equals(that.wish)
        && origin.equals(that.origin);
  }

  @Override
  public int hashCode() {
    return 31 * value.hashCode() + comment.hashCode();
  }

  Change toChange(long entity) {
    RecordWriter out = new RecordWriter(32);
    OriginCodec.write(out, origin);
    return new Change(Sql.PUT_ENABLED, entity, number(value), comment, out.toBytes(), number(wish));
  }

  EnabledSetting setting() {
    return new EnabledSetting(value, Optional.empty(), comment);
  }

  /// Whether a person decided otherwise than the manifest.
  boolean isCustomized() {
    return origin instanceof Origin.Administrator && !value.equals(wish);
  }

  static long number(Optional<Boolean> value) {
    return value.map(on -> on ? 1L : 0L).orElse(-1L);
  }

  static Optional<Boolean> value(long number) {
    return number < 0 ? Optional.empty() : Optional.of(number == 1);
  }

  /// The groups of an instance with `general/enabled` among them.
  static PropertyGroups shown(PropertyGroups groups, Optional<Boolean> value, Origin origin) {
    if (value.isEmpty()) {
      return groups;
    }
    Optional<PropertyGroup> general = groups.group("general");
    List<Property> properties = new ArrayList<>();
    properties.add(Property.of("enabled", PropertyType.BOOLEAN, value.get().toString(), origin));
    general.ifPresent(group -> properties.addAll(group.properties().values()));
    PropertyGroup shown =
        PropertyGroup.of(
            "general",
            general.map(PropertyGroup::type).orElse(PropertyGroup.FRAMEWORK),
            properties,
            general.map(PropertyGroup::origin).orElse(origin));
    Map<String, PropertyGroup> all = new LinkedHashMap<>(groups.byName());
    all.put("general", shown);
    return new PropertyGroups(all);
  }

  /// Groups without `general/enabled`, which is stored apart.
  static PropertyGroups hidden(PropertyGroups groups) {
    if (groups.property("general", "enabled").isEmpty()) {
      return groups;
    }
    Map<String, PropertyGroup> all = new LinkedHashMap<>(groups.byName());
    all.computeIfPresent(
        "general",
        (name, group) -> {
          Map<String, Property> rest = new LinkedHashMap<>(group.properties());
          rest.remove("enabled");
          return rest.isEmpty()
              ? null
              : new PropertyGroup(name, group.type(), rest, group.origin());
        });
    return new PropertyGroups(all);
  }
}
