package bespoke.change;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What differs between two configurations of one instance, and what it needs for that.
///
/// @param properties in the order of the new configuration, then what is gone
public record Difference(List<PropertyDifference> properties) {
  private static final int TEXT_MAX = 200;

  public Difference {
    properties = List.copyOf(properties);
  }

  /// Compares; the new configuration says what its properties need, for those that are gone, too.
  public static Difference between(PropertyGroups before, PropertyGroups after) {
    OnChange rules = OnChange.of(after);
    List<PropertyDifference> found = new ArrayList<>();
    Set<String> groups = new LinkedHashSet<>(after.byName().keySet());
    groups.addAll(before.byName().keySet());
    for (String name : groups) {
      compare(before.group(name), after.group(name), rules, found);
    }
    return new Difference(found);
  }

  private static void compare(
      Optional<PropertyGroup> before,
      Optional<PropertyGroup> after,
      OnChange rules,
      List<PropertyDifference> found) {
    PropertyGroup group = after.or(() -> before).orElseThrow();
    Set<String> properties = new LinkedHashSet<>();
    after.ifPresent(it -> properties.addAll(it.properties().keySet()));
    before.ifPresent(it -> properties.addAll(it.properties().keySet()));
    for (String name : properties) {
      Optional<Property> old = before.flatMap(it -> it.property(name));
      Optional<Property> now = after.flatMap(it -> it.property(name));
      if (isEnabled(group, name)) {
        continue;
      }
      boolean isSame = old.isPresent() && now.isPresent() && old.get().sameValue(now.get());
      if (!isSame) {
        found.add(
            new PropertyDifference(
                group.name() + "/" + name,
                text(old),
                text(now),
                rules.of(group, name, before.isEmpty())));
      }
    }
  }

  /// `general/enabled` is stored apart and no configuration (smf.md 2.9).
  private static boolean isEnabled(PropertyGroup group, String property) {
    return group.name().equals("general") && property.equals("enabled");
  }

  private static String text(Optional<Property> property) {
    String text = property.map(it -> String.join(" ", it.values())).orElse("");
    if (property.isPresent() && text.isEmpty()) {
      return "\"\"";
    }
    return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "..." : text;
  }

  /// What a running instance needs for all of it.
  public Need need() {
    return properties.stream().map(PropertyDifference::need).reduce(Need.NOTHING, Need::and);
  }
}
