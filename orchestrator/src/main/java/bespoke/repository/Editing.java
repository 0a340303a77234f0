package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Names;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.ServiceFmri;
import bespoke.repository.GroupChange.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes edits of the administrators' layer on drafts (smf.md 8.5).
///
/// Setting a property to what the layers below say anyway leaves no trace: the value follows the
/// manifest again.
final class Editing {

  private static final String GENERAL = "general";
  private static final String ENABLED = "enabled";

  private final Workspace workspace;
  private final Origin by;
  private final Set<Fmri> changed = new LinkedHashSet<>();

  Editing(Workspace workspace, Origin by) {
    this.workspace = workspace;
    this.by = by;
  }

  /// What was edited so far, what is gone included.
  Set<Fmri> changed() {
    return changed;
  }

  /// @throws RefusedEditException if it cannot be made; nothing was changed
  void make(Edit edit) throws RefusedEditException, RepositoryException {
    switch (edit) {
      case Edit.AddEntity add -> add(add.entity());
      case Edit.DeleteEntity delete -> delete(delete.entity());
      case Edit.AddGroup add -> addGroup(add);
      case Edit.DeleteGroup delete -> deleteGroup(delete);
      case Edit.SetProperty set -> setProperty(set);
      case Edit.DeleteProperty delete -> deleteProperty(delete);
      case Edit.AddValue add -> addValue(add);
      case Edit.DeleteValues delete -> deleteValues(delete);
      case Edit.DeleteCustomizations delete ->
          Customizing.delete(draft(delete.entity()), delete.group());
      case Edit.Revert revert ->
          new Reverting(workspace, by).revert(draft(revert.entity()), revert);
    }
    changed.add(edit.entity());
  }

  // --- entities

  private void add(Fmri entity) throws RefusedEditException {
    if (workspace.draft(entity).isPresent()) {
      throw new RefusedEditException("cannot add " + entity + ": it exists already");
    }
    workspace.draftOrNew(entity);
  }

  private void delete(Fmri entity) throws RefusedEditException, RepositoryException {
    Draft draft = draft(entity);
    if (entity instanceof ServiceFmri service) {
      for (InstanceFmri instance : workspace.instances(service)) {
        remove(draft(instance));
      }
    }
    remove(draft);
  }

  private void remove(Draft draft) throws RepositoryException {
    DependentGroups dependents = workspace.dependents();
    for (Tables.Dependent declared : dependents.declaredBy(draft.id())) {
      dependents.remove(declared);
      workspace.touch(declared.target());
    }
    for (Tables.Dependent inside : dependents.allIn(draft.id())) {
      dependents.remove(inside);
    }
    workspace.remove(draft);
  }

  // --- groups

  private void addGroup(Edit.AddGroup add) throws RefusedEditException, RepositoryException {
    Draft draft = draft(add.entity());
    requireName("property group", add.group());
    requireName("type", add.type());
    if (draft.current().group(add.group()).isPresent()) {
      throw new RefusedEditException(
          "cannot add the property group " + add.group() + ": it exists already");
    }
    Optional<PropertyGroup> below = draft.belowAdmin().group(add.group());
    GroupChange change = GroupChange.of(add.group(), add.type(), by, Kind.ADDED);
    if (below.isPresent()) { // it was deleted and comes back empty
      change = GroupChange.of(add.group(), below.get().type(), by, Kind.CHANGED);
      for (String name : below.get().properties().keySet()) {
        change.removed().put(name, by);
      }
    }
    put(draft, change);
  }

  private void deleteGroup(Edit.DeleteGroup delete)
      throws RefusedEditException, RepositoryException {
    Draft draft = draft(delete.entity());
    PropertyGroup group = group(draft, delete.group());
    if (draft.belowAdmin().group(delete.group()).isPresent()) {
      put(draft, GroupChange.of(group.name(), group.type(), by, Kind.REMOVED));
    } else {
      draft.admin().remove(delete.group());
      draft.touch();
    }
  }

  // --- properties

  private void setProperty(Edit.SetProperty set) throws RefusedEditException, RepositoryException {
    Draft draft = draft(set.entity());
    requireName("property", set.property());
    if (isEnabled(draft, set.group(), set.property())) {
      setEnabled(draft, set);
      return;
    }
    PropertyGroup group = group(draft, set.group());
    Optional<Property> old = group.property(set.property());
    PropertyType type = type(set.group() + "/" + set.property(), old, set.type());
    put(draft, group, new Property(set.property(), type, checked(type, set.values()), by));
  }

  private static PropertyType type(
      String path, Optional<Property> old, Optional<PropertyType> wanted)
      throws RefusedEditException {
    if (old.isEmpty() && wanted.isEmpty()) {
      throw new RefusedEditException(
          "cannot set "
              + path
              + ": a new property needs its type, as in  "
              + path
              + " = astring: x");
    }
    PropertyType type = wanted.orElseGet(() -> old.orElseThrow().type());
    if (old.isPresent() && old.get().type() != type) {
      throw new RefusedEditException(
          "cannot set "
              + path
              + ": its type is "
              + old.get().type()
              + ", not "
              + type
              + "; delete it first to change the type");
    }
    return type;
  }

  private static List<String> checked(PropertyType type, List<String> values)
      throws RefusedEditException {
    if (values.size() > PropertyValues.COUNT_MAX) {
      throw new RefusedEditException(
          "cannot set more than " + PropertyValues.COUNT_MAX + " values");
    }
    List<String> checked = new ArrayList<>();
    for (String given : values) {
      String value = type == PropertyType.BOOLEAN ? truth(given) : given;
      Optional<String> problem = PropertyValues.problem(type, value);
      if (problem.isPresent()) {
        throw new RefusedEditException("cannot set it: " + problem.get());
      }
      checked.add(value);
    }
    return checked;
  }

  private static String truth(String given) {
    return switch (given) {
      case "1" -> "true";
      case "0" -> "false";
      default -> given;
    };
  }

  private void deleteProperty(Edit.DeleteProperty delete)
      throws RefusedEditException, RepositoryException {
    Draft draft = draft(delete.entity());
    if (isEnabled(draft, delete.group(), delete.property())) {
      EnabledRow old = draft.enabled();
      draft.enabled(new EnabledRow(Optional.empty(), "", by, old.wish()));
      return;
    }
    property(draft, delete.group(), delete.property());
    GroupChange change = change(draft, group(draft, delete.group()));
    change.set().remove(delete.property());
    if (draft.belowAdmin().property(delete.group(), delete.property()).isPresent()) {
      change.removed().put(delete.property(), by);
    }
    put(draft, change);
  }

  private void addValue(Edit.AddValue add) throws RefusedEditException, RepositoryException {
    Draft draft = draft(add.entity());
    requireName("property", add.property());
    PropertyGroup group = group(draft, add.group());
    Optional<Property> old = group.property(add.property());
    PropertyType type = type(add.group() + "/" + add.property(), old, add.type());
    List<String> values = new ArrayList<>(old.map(Property::values).orElse(List.of()));
    if (!values.contains(add.value())) {
      values.add(add.value());
    }
    put(draft, group, new Property(add.property(), type, checked(type, values), by));
  }

  private void deleteValues(Edit.DeleteValues delete)
      throws RefusedEditException, RepositoryException {
    Draft draft = draft(delete.entity());
    Property old = property(draft, delete.group(), delete.property());
    List<String> left =
        old.values().stream().filter(value -> !Globs.matches(delete.glob(), value)).toList();
    if (left.size() < old.values().size()) {
      PropertyGroup group = group(draft, delete.group());
      put(draft, group, new Property(old.name(), old.type(), left, by));
    }
  }

  // --- what they have in common

  private void put(Draft draft, PropertyGroup group, Property property) throws RepositoryException {
    GroupChange change = change(draft, group);
    change.removed().remove(property.name());
    boolean same =
        draft
            .belowAdmin()
            .property(group.name(), property.name())
            .filter(property::sameValue)
            .isPresent();
    if (same) {
      change.set().remove(property.name());
    } else {
      change.set().put(property.name(), property);
    }
    put(draft, change);
  }

  private GroupChange change(Draft draft, PropertyGroup group) throws RepositoryException {
    GroupChange known = draft.admin().group(group.name());
    return known != null ? known : GroupChange.of(group.name(), group.type(), by, Kind.CHANGED);
  }

  private static void put(Draft draft, GroupChange change) throws RepositoryException {
    draft.admin().put(change);
    draft.touch();
  }

  private static boolean isEnabled(Draft draft, String group, String property) {
    return draft.fmri() instanceof InstanceFmri
        && group.equals(GENERAL)
        && property.equals(ENABLED);
  }

  private void setEnabled(Draft draft, Edit.SetProperty set)
      throws RefusedEditException, RepositoryException {
    PropertyType type = set.type().orElse(PropertyType.BOOLEAN);
    List<String> values = checked(PropertyType.BOOLEAN, set.values());
    if (type != PropertyType.BOOLEAN || values.size() != 1) {
      throw new RefusedEditException("cannot set general/enabled: it is one boolean");
    }
    Optional<Boolean> value = Optional.of(values.getFirst().equals("true"));
    draft.enabled(new EnabledRow(value, "", by, draft.enabled().wish()));
  }

  private Draft draft(Fmri entity) throws RefusedEditException {
    return workspace
        .draft(entity)
        .orElseThrow(
            () -> new RefusedEditException("cannot edit " + entity + ": it does not exist"));
  }

  private PropertyGroup group(Draft draft, String name)
      throws RefusedEditException, RepositoryException {
    Optional<PropertyGroup> group = draft.current().group(name);
    if (group.isEmpty()) {
      throw new RefusedEditException(
          "cannot find the property group "
              + name
              + " of "
              + draft.fmri()
              + "; "
              + hint(draft, name));
    }
    return group.get();
  }

  /// A group that only the service has needs one of its own where the instance shall differ.
  private String hint(Draft draft, String name) throws RepositoryException {
    Fmri service = draft.fmri().serviceFmri();
    Optional<Draft> above =
        draft.fmri() instanceof InstanceFmri ? workspace.draft(service) : Optional.empty();
    Optional<PropertyGroup> inherited =
        above.isPresent() ? above.get().current().group(name) : Optional.empty();
    return inherited
        .map(it ->
            "it is the service's: select "
                + service
                + " to change it for all instances, or add one here with addpg "
                + name
                + " "
                + it.type())
        .orElse("add it with addpg");
  }

  private Property property(Draft draft, String group, String name)
      throws RefusedEditException, RepositoryException {
    Optional<Property> property = group(draft, group).property(name);
    if (property.isEmpty()) {
      throw new RefusedEditException(
          "cannot find the property " + group + "/" + name + " of " + draft.fmri());
    }
    return property.get();
  }

  private static void requireName(String what, String name) throws RefusedEditException {
    try {
      Names.requireName(what, name);
    } catch (IllegalArgumentException e) {
      throw new RefusedEditException(String.valueOf(e.getMessage()));
    }
  }
}
