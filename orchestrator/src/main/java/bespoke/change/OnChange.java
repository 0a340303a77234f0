package bespoke.change;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an instance needs when one of its properties changes: what its property group `on_change`
/// says, else what follows from the meaning of the group.
///
/// The group has up to three properties, `restart`, `refresh` and `nothing`; each lists property
/// groups (`config`) and properties (`config/port`). A property's own entry wins over its group's.
public final class OnChange {
  /// The name of the property group.
  public static final String GROUP = "on_change";

  /// What the restarter reads anew whenever it needs it.
  private static final Set<String> ALWAYS_CURRENT =
      Set.of("stop", "refresh", "dependents", "readiness", GROUP);

  private static final String MONITOR = "monitor";
  private static final String GENERAL = "general";
  private static final String STARTD = "startd";

  private final Map<String, Need> needs = new HashMap<>();

  private OnChange() {}

  /// Reads the group; entries that cannot be understood are left to [#mistakes].
  public static OnChange of(PropertyGroups groups) {
    OnChange found = new OnChange();
    groups
        .group(GROUP)
        .ifPresent(group -> {
          for (Property property : group.properties().values()) {
            Need need = Need.named(property.name());
            if (need != null) {
              property.values().forEach(path -> found.needs.merge(path, need, Need::and));
            }
          }
        });
    return found;
  }

  /// What is wrong with the group, in sentences.
  public static List<String> mistakes(PropertyGroups groups) {
    List<String> mistakes = new ArrayList<>();
    groups
        .group(GROUP)
        .ifPresent(group -> {
          for (Property property : group.properties().values()) {
            if (Need.named(property.name()) == null) {
              mistakes.add(
                  "cannot understand "
                      + GROUP
                      + "/"
                      + property.name()
                      + "; it has the properties restart, refresh and nothing");
            } else {
              property.values().forEach(path -> mistake(groups, path, mistakes));
            }
          }
        });
    return mistakes;
  }

  private static void mistake(PropertyGroups groups, String path, List<String> mistakes) {
    int slash = path.indexOf('/');
    String group = slash < 0 ? path : path.substring(0, slash);
    if (groups.group(group).isEmpty()) {
      mistakes.add(
          "cannot find the property group \""
              + group
              + "\" that "
              + GROUP
              + " names; it has "
              + String.join(", ", groups.byName().keySet()));
    }
  }

  /// What a change of a property needs.
  ///
  /// @param isNew whether the whole group was not there before
  Need of(PropertyGroup group, String property, boolean isNew) {
    Need own = needs.get(group.name() + "/" + property);
    if (own != null) {
      return own;
    }
    Need groups = needs.get(group.name());
    return groups != null ? groups : usual(group, property, isNew);
  }

  private static Need usual(PropertyGroup group, String property, boolean isNew) {
    String name = group.name();
    if (name.startsWith("tm_")
        || group.type().equals(PropertyGroup.DEPENDENCY)
        || ALWAYS_CURRENT.contains(name)) {
      return Need.NOTHING;
    }
    return switch (name) {
      case GENERAL -> property.equals("restarter") ? Need.RESTART : Need.NOTHING;
      case STARTD -> property.equals("duration") ? Need.RESTART : Need.NOTHING;
      case MONITOR -> isNew ? Need.RESTART : Need.NOTHING; // its first question follows a start
      default -> Need.RESTART;
    };
  }
}
