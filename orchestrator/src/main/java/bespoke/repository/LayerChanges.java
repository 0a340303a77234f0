package bespoke.repository;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.repository.GroupChange.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the profile or the administrators' layer says about one service or instance. Mutable: a
/// working copy that belongs to one transaction.
final class LayerChanges {

  private static final int VERSION = 1;

  private final Map<String, GroupChange> groups = new LinkedHashMap<>();

  /// The change of a group, or null.
  @Nullable GroupChange group(String name) {
    return groups.get(name);
  }

  /// All changes; a copy.
  List<GroupChange> all() {
    return new ArrayList<>(groups.values());
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  void put(GroupChange change) {
    groups.put(change.name(), change);
  }

  void remove(String group) {
    groups.remove(group);
  }

  void clear() {
    groups.clear();
  }

  /// Forgets changes that say nothing.
  void tidy() {
    groups.values().removeIf(GroupChange::isEmpty);
  }

  /// The groups with these changes over what the layers below say.
  PropertyGroups over(PropertyGroups below) {
    if (groups.isEmpty()) {
      return below;
    }
    Map<String, PropertyGroup> merged = new LinkedHashMap<>(below.byName());
    groups.forEach((name, change) -> {
      Optional<PropertyGroup> result = change.over(Optional.ofNullable(merged.get(name)));
      if (result.isPresent()) {
        merged.put(name, result.get());
      } else {
        merged.remove(name);
      }
    });
    return new PropertyGroups(merged);
  }

  /// The changes that turn `below` into `wanted`, keeping the origins of `wanted`; groups and
  /// properties that are missing there are removed by `remover`.
  static LayerChanges between(PropertyGroups below, PropertyGroups wanted, Origin remover) {
    LayerChanges changes = new LayerChanges();
    wanted
        .byName()
        .forEach((name, group) -> changes.put(difference(below.group(name), group, remover)));
    below
        .byName()
        .forEach((name, group) -> {
          if (wanted.group(name).isEmpty()) {
            changes.put(GroupChange.of(name, group.type(), remover, Kind.REMOVED));
          }
        });
    changes.tidy();
    return changes;
  }

  private static GroupChange difference(
      Optional<PropertyGroup> below, PropertyGroup wanted, Origin remover) {
    Kind kind = below.isPresent() ? Kind.CHANGED : Kind.ADDED;
    GroupChange change = GroupChange.of(wanted.name(), wanted.type(), wanted.origin(), kind);
    for (Property property : wanted.properties().values()) {
      Optional<Property> other = below.flatMap(group -> group.property(property.name()));
      if (other.filter(property::sameValue).isEmpty()) {
        change.set().put(property.name(), property);
      }
    }
    below.ifPresent(group ->
        group.properties().keySet().stream()
            .filter(name -> wanted.property(name).isEmpty())
            .forEach(name -> change.removed().put(name, remover)));
    return change;
  }

  byte[] toBytes() {
    RecordWriter out = new RecordWriter(256);
    out.octet(VERSION);
    out.list(groups.values(), (o, change) -> change.write(o));
    return out.toBytes();
  }

  /// @throws MalformedRecordException if the bytes are no changes
  static LayerChanges read(byte[] bytes) {
    RecordReader in = new RecordReader(bytes);
    int version = in.octet();
    if (version != VERSION) {
      throw new MalformedRecordException("changes are of version " + version);
    }
    LayerChanges changes = new LayerChanges();
    in.list(GroupChange::read).forEach(changes::put);
    return changes;
  }
}
