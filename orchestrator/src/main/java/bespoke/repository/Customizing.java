package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.repository.GroupChange.Kind;
import bespoke.repository.ImportOptions.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists and takes back what was decided against the manifest (`listcust`, `delcust`).
final class Customizing {

  private Customizing() {}

  /// What administrators and profiles changed, administrators' first.
  static List<Customization> list(Draft draft) throws RepositoryException {
    List<Customization> list = new ArrayList<>();
    EnabledRow enabled = draft.enabled();
    if (draft.fmri() instanceof InstanceFmri && enabled.isCustomized()) {
      list.add(
          new Customization(
              new PropertyPath(draft.fmri(), "general", "enabled"),
              Layer.ADMIN,
              enabled.value().map(on -> truth(on, enabled.origin())),
              enabled.wish().map(on -> truth(on, Origin.UNKNOWN)),
              enabled.origin()));
    }
    add(list, draft.fmri(), Layer.ADMIN, draft.admin(), draft.belowAdmin());
    add(list, draft.fmri(), Layer.PROFILE, draft.profile(), draft.manifestGroups());
    return list;
  }

  private static Property truth(boolean value, Origin origin) {
    return Property.of("enabled", PropertyType.BOOLEAN, Boolean.toString(value), origin);
  }

  private static void add(
      List<Customization> list,
      Fmri entity,
      Layer layer,
      LayerChanges changes,
      PropertyGroups below) {
    for (GroupChange change : changes.all()) {
      if (change.kind() != Kind.CHANGED) {
        list.add(
            new Customization(
                new PropertyPath(entity, change.name(), ""),
                layer,
                Optional.empty(),
                Optional.empty(),
                change.origin()));
      }
      for (Property property : change.set().values()) {
        list.add(
            new Customization(
                new PropertyPath(entity, change.name(), property.name()),
                layer,
                Optional.of(property),
                below.property(change.name(), property.name()),
                property.origin()));
      }
      for (Map.Entry<String, Origin> removed : change.removed().entrySet()) {
        list.add(
            new Customization(
                new PropertyPath(entity, change.name(), removed.getKey()),
                layer,
                Optional.empty(),
                below.property(change.name(), removed.getKey()),
                removed.getValue()));
      }
    }
  }

  /// Takes back administrators' changes whose `group` or `group/property` matches.
  static void delete(Draft draft, String glob) throws RepositoryException {
    EnabledRow enabled = draft.enabled();
    if (enabled.isCustomized() && matches(glob, "general", "enabled")) {
      draft.enabled(new EnabledRow(enabled.wish(), "", Origin.UNKNOWN, enabled.wish()));
    }
    for (GroupChange change : draft.admin().all()) {
      if (Globs.matches(glob, change.name())) {
        draft.admin().remove(change.name());
      } else {
        change.set().keySet().removeIf(name -> matches(glob, change.name(), name));
        change.removed().keySet().removeIf(name -> matches(glob, change.name(), name));
      }
    }
    draft.touch();
  }

  private static boolean matches(String glob, String group, String property) {
    return Globs.matches(glob, group) || Globs.matches(glob, group + "/" + property);
  }
}
