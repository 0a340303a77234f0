package bespoke.repository;

import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The groups that manifests put into other entities (smf.md 3.6), as a transaction sees and
/// changes them.
final class DependentGroups {

  private final Workspace workspace;
  private final Map<Long, Map<String, Tables.Dependent>> byTarget = new HashMap<>();
  private final Map<Long, List<Tables.Dependent>> byDeclarer = new HashMap<>();
  private final Map<Long, PropertyGroup> fresh = new HashMap<>();

  DependentGroups(Workspace workspace) throws RepositoryException {
    this.workspace = workspace;
    for (Tables.Dependent dependent : workspace.tables().dependents()) {
      add(dependent);
    }
  }

  /// What others put into a target, by name.
  Map<String, PropertyGroup> groupsIn(long target) throws RepositoryException {
    Map<String, Tables.Dependent> dependents = byTarget.get(target);
    if (dependents == null || dependents.isEmpty()) {
      return Map.of();
    }
    Map<String, PropertyGroup> groups = new LinkedHashMap<>();
    for (Tables.Dependent dependent : dependents.values()) {
      group(dependent).ifPresent(group -> groups.put(group.name(), group));
    }
    return groups;
  }

  private Optional<PropertyGroup> group(Tables.Dependent dependent) throws RepositoryException {
    PropertyGroup known = fresh.get(dependent.body());
    return known != null
        ? Optional.of(known)
        : workspace.tables().body(dependent.body()).groups().group(dependent.name());
  }

  /// The group of that name in the target, or null.
  Tables.@Nullable Dependent in(long target, String name) {
    Map<String, Tables.Dependent> dependents = byTarget.get(target);
    return dependents == null ? null : dependents.get(name);
  }

  /// What a declarer put anywhere; a copy.
  List<Tables.Dependent> declaredBy(long declarer) {
    return new ArrayList<>(byDeclarer.getOrDefault(declarer, List.of()));
  }

  /// What was put into a target; a copy.
  List<Tables.Dependent> allIn(long target) {
    Map<String, Tables.Dependent> dependents = byTarget.get(target);
    return dependents == null ? List.of() : new ArrayList<>(dependents.values());
  }

  /// Puts a group into a target, unless it is there already with the same values and places.
  ///
  /// @return whether anything changed
  boolean put(long declarer, long target, PropertyGroup group) throws RepositoryException {
    Tables.Dependent old = in(target, group.name());
    if (old != null && old.declarer() == declarer && Optional.of(group).equals(group(old))) {
      return false;
    }
    Body body = new Body(group.origin(), PropertyGroups.of(List.of(group)));
    long id = workspace.replace(old == null ? 0 : old.body(), workspace.body(body.toBytes()));
    if (old != null) {
      forget(old);
    }
    Tables.Dependent dependent = new Tables.Dependent(target, group.name(), declarer, id);
    fresh.put(id, group);
    add(dependent);
    workspace.change(dependent.toChange());
    return true;
  }

  /// Takes a group out of its target.
  void remove(Tables.Dependent dependent) {
    forget(dependent);
    workspace.replace(dependent.body(), 0);
    workspace.change(new Change(Sql.DELETE_DEPENDENT, dependent.target(), dependent.name()));
  }

  private void add(Tables.Dependent dependent) {
    byTarget
        .computeIfAbsent(dependent.target(), id -> new LinkedHashMap<>())
        .put(dependent.name(), dependent);
    byDeclarer.computeIfAbsent(dependent.declarer(), id -> new ArrayList<>()).add(dependent);
  }

  private void forget(Tables.Dependent dependent) {
    byTarget.getOrDefault(dependent.target(), new HashMap<>()).remove(dependent.name());
    byDeclarer.getOrDefault(dependent.declarer(), new ArrayList<>()).remove(dependent);
  }
}
