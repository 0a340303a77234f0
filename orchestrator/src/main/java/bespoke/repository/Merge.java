package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.repository.GroupChange.Kind;
import bespoke.repository.ImportOptions.PropertyPath;
import bespoke.repository.ImportReport.Conflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Three-way merge of one entity at re-import, property by property (smf.md 9.2): what the manifest
/// said (`old`), what it says now (`wanted`), and what administrators changed.
///
/// The layers make most of it unnecessary: what nobody changed simply follows the manifest. Left is
/// to judge each change of an administrator: it is dropped when the file now says the same or
/// overrides it; else it is kept, and named as a conflict when the file changed the same thing.
final class Merge {

  private final Fmri entity;
  private final PropertyGroups old;
  private final PropertyGroups wanted;
  private final ImportOptions options;
  private final List<Conflict> conflicts = new ArrayList<>();
  private final List<PropertyPath> kept = new ArrayList<>();

  Merge(Fmri entity, PropertyGroups old, PropertyGroups wanted, ImportOptions options) {
    this.entity = entity;
    this.old = old;
    this.wanted = wanted;
    this.options = options;
  }

  List<Conflict> conflicts() {
    return conflicts;
  }

  List<PropertyPath> kept() {
    return kept;
  }

  /// Judges the changes and drops those that do not stand.
  void judge(LayerChanges admin) {
    if (options.force()) {
      admin.clear();
      return;
    }
    for (GroupChange change : admin.all()) {
      if (isOverridden(change.name(), "")) {
        admin.remove(change.name());
      } else {
        admin.put(judge(change));
      }
    }
    admin.tidy();
  }

  private GroupChange judge(GroupChange change) {
    Optional<PropertyGroup> before = old.group(change.name());
    Optional<PropertyGroup> after = wanted.group(change.name());
    if (change.kind() == Kind.REMOVED) {
      return judgeRemoval(change, before, after);
    }
    Kind kind = after.isPresent() ? Kind.CHANGED : change.kind();
    GroupChange judged = GroupChange.of(change.name(), change.type(), change.origin(), kind);
    for (Property property : change.set().values()) {
      if (standsSet(change.name(), property, before, after)) {
        judged.set().put(property.name(), property);
      }
    }
    for (Map.Entry<String, Origin> removed : change.removed().entrySet()) {
      if (standsRemoved(change.name(), removed.getKey(), before, after)) {
        judged.removed().put(removed.getKey(), removed.getValue());
      }
    }
    return judged;
  }

  private GroupChange judgeRemoval(
      GroupChange change, Optional<PropertyGroup> before, Optional<PropertyGroup> after) {
    if (after.isEmpty()) {
      return GroupChange.of(change.name(), change.type(), change.origin(), Kind.CHANGED);
    }
    PropertyPath path = new PropertyPath(entity, change.name(), "");
    if (before.isPresent() && Body.sameValues(before.get(), after.get())) {
      kept.add(path);
    } else {
      conflicts.add(new Conflict(path, Optional.empty(), Optional.empty()));
    }
    return change;
  }

  private boolean standsSet(
      String group,
      Property property,
      Optional<PropertyGroup> before,
      Optional<PropertyGroup> after) {
    Optional<Property> now = after.flatMap(g -> g.property(property.name()));
    if (now.filter(property::sameValue).isPresent() || isOverridden(group, property.name())) {
      return false;
    }
    Optional<Property> then = before.flatMap(g -> g.property(property.name()));
    note(new PropertyPath(entity, group, property.name()), Optional.of(property), then, now);
    return true;
  }

  private boolean standsRemoved(
      String group, String name, Optional<PropertyGroup> before, Optional<PropertyGroup> after) {
    Optional<Property> now = after.flatMap(g -> g.property(name));
    if (now.isEmpty() || isOverridden(group, name)) {
      return false;
    }
    Optional<Property> then = before.flatMap(g -> g.property(name));
    note(new PropertyPath(entity, group, name), Optional.empty(), then, now);
    return true;
  }

  private void note(
      PropertyPath path, Optional<Property> mine, Optional<Property> then, Optional<Property> now) {
    boolean same =
        then.isPresent() && now.isPresent()
            ? then.get().sameValue(now.get())
            : then.isEmpty() && now.isEmpty();
    if (same) {
      kept.add(path);
    } else {
      conflicts.add(new Conflict(path, mine, now));
    }
  }

  private boolean isOverridden(String group, String property) {
    return options.override().contains(new PropertyPath(entity, group, property));
  }
}
