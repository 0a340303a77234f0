package bespoke.model.definition;

import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import org.jspecify.annotations.Nullable;

/// Finds the groups that SMF has not and bespoke gives a meaning to.
///
/// A service's own group of the type `application` may bear the same name; it means nothing to us.
final class SpecialGroups {

  private SpecialGroups() {}

  /// The group, or null.
  static @Nullable PropertyGroup find(PropertyGroups groups, String name) {
    return groups
        .group(name)
        .filter(group -> !group.type().equals(PropertyGroup.APPLICATION))
        .orElse(null);
  }
}
