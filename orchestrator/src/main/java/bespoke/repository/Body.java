package bespoke.repository;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The property groups of one service or instance at its own level, as stored: immutable, shared by
/// everything that refers to the same content.
///
/// @param origin where the entity was declared
/// @param groups its own groups
record Body(Origin origin, PropertyGroups groups) {

  private static final int VERSION = 1;

  /// Nothing, from nowhere.
  static final Body EMPTY = new Body(Origin.UNKNOWN, PropertyGroups.EMPTY);

  byte[] toBytes() {
    RecordWriter out = new RecordWriter(256);
    out.octet(VERSION);
    OriginCodec.write(out, origin);
    out.list(groups.byName().values(), Body::writeGroup);
    return out.toBytes();
  }

  /// @throws MalformedRecordException if the bytes are no body
  static Body read(byte[] bytes, Strings strings) {
    RecordReader in = new RecordReader(bytes, 0, bytes.length, strings);
    int version = in.octet();
    if (version != VERSION) {
      throw new MalformedRecordException("property groups are of version " + version);
    }
    Origin origin = OriginCodec.read(in);
    return new Body(origin, PropertyGroups.of(in.list(Body::readGroup)));
  }

  private static void writeGroup(RecordWriter out, PropertyGroup group) {
    out.text(group.name()).text(group.type());
    OriginCodec.write(out, group.origin());
    out.list(group.properties().values(), Body::writeProperty);
  }

  private static PropertyGroup readGroup(RecordReader in) {
    String name = in.text();
    String type = in.text();
    Origin origin = OriginCodec.read(in);
    List<Property> properties = in.list(Body::readProperty);
    Map<String, Property> byName = LinkedHashMap.newLinkedHashMap(properties.size());
    properties.forEach(property -> byName.put(property.name(), property));
    return new PropertyGroup(name, type, byName, origin);
  }

  static void writeProperty(RecordWriter out, Property property) {
    out.text(property.name()).octet(property.type().ordinal());
    OriginCodec.write(out, property.origin());
    out.list(property.values(), RecordWriter::text);
  }

  static Property readProperty(RecordReader in) {
    String name = in.text();
    PropertyType type = type(in.octet());
    Origin origin = OriginCodec.read(in);
    return new Property(name, type, in.list(RecordReader::text), origin);
  }

  private static PropertyType type(int ordinal) {
    PropertyType[] types = PropertyType.values();
    if (ordinal >= types.length) {
      throw new MalformedRecordException("a property is of type " + ordinal);
    }
    return types[ordinal];
  }

  /// Whether both say the same, wherever it comes from.
  static boolean sameValues(PropertyGroups one, PropertyGroups other) {
    if (one.byName().size() != other.byName().size()) {
      return false;
    }
    List<PropertyGroup> mine = new ArrayList<>(one.byName().values());
    for (PropertyGroup group : mine) {
      PropertyGroup their = other.byName().get(group.name());
      if (their == null || !sameValues(group, their)) {
        return false;
      }
    }
    return true;
  }

  /// Whether both groups say the same, wherever it comes from.
  static boolean sameValues(PropertyGroup one, PropertyGroup other) {
    if (!one.type().equals(other.type()) || one.properties().size() != other.properties().size()) {
      return false;
    }
    for (Property property : one.properties().values()) {
      Property their = other.properties().get(property.name());
      if (their == null || !property.sameValue(their)) {
        return false;
      }
    }
    return true;
  }
}
