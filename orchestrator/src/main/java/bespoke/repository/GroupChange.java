package bespoke.repository;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What one layer says about one group against the layers below it.
///
/// @param name of the group
/// @param type the group's type where this layer makes it
/// @param origin who made, changed or removed the group
/// @param kind whether the layer makes, changes or removes the group
/// @param set properties that it sets
/// @param removed properties that it removes, and who did
record GroupChange(
    String name,
    String type,
    Origin origin,
    Kind kind,
    Map<String, Property> set,
    Map<String, Origin> removed) {

  /// What happens to the group itself.
  enum Kind {
    /// It exists whatever the layers below say.
    ADDED,
    /// It exists when a layer below has it, or when a property is set here.
    CHANGED,
    /// It does not exist.
    REMOVED
  }

  GroupChange {
    set = new LinkedHashMap<>(set);
    removed = new LinkedHashMap<>(removed);
  }

  static GroupChange of(String name, String type, Origin origin, Kind kind) {
    return new GroupChange(name, type, origin, kind, Map.of(), Map.of());
  }

  /// Whether nothing is said.
  boolean isEmpty() {
    return kind == Kind.CHANGED && set.isEmpty() && removed.isEmpty();
  }

  /// The group as it is with this change over what the layers below say.
  Optional<PropertyGroup> over(Optional<PropertyGroup> below) {
    if (kind == Kind.REMOVED || kind == Kind.CHANGED && below.isEmpty() && set.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Property> merged = new LinkedHashMap<>();
    below.ifPresent(group -> merged.putAll(group.properties()));
    merged.keySet().removeAll(removed.keySet());
    merged.putAll(set);
    String mergedType = below.map(PropertyGroup::type).orElse(type);
    Origin mergedOrigin = below.map(PropertyGroup::origin).orElse(origin);
    return Optional.of(new PropertyGroup(name, mergedType, merged, mergedOrigin));
  }

  void write(RecordWriter out) {
    out.text(name).text(type);
    OriginCodec.write(out, origin);
    out.octet(kind.ordinal());
    out.list(set.values(), Body::writeProperty);
    out.number(removed.size());
    removed.forEach((property, by) -> {
      out.text(property);
      OriginCodec.write(out, by);
    });
  }

  static GroupChange read(RecordReader in) {
    String name = in.text();
    String type = in.text();
    Origin origin = OriginCodec.read(in);
    int kind = in.octet();
    if (kind >= Kind.values().length) {
      throw new MalformedRecordException("a change is of kind " + kind);
    }
    Map<String, Property> set = new LinkedHashMap<>();
    in.list(Body::readProperty).forEach(property -> set.put(property.name(), property));
    Map<String, Origin> removed = new LinkedHashMap<>();
    int count = in.size();
    for (int i = 0; i < count; i++) {
      removed.put(in.text(), OriginCodec.read(in));
    }
    return new GroupChange(name, type, origin, Kind.values()[kind], set, removed);
  }
}
