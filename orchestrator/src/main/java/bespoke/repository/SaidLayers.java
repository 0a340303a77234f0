package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the layers of an image say, without where it comes from and in no order: equal when nobody
/// could tell the difference.
///
/// @param manifest the groups of the manifest, by name
/// @param profile what the profile changes
/// @param admin what administrators changed
/// @param puts the groups that it put into others
/// @param running what is in force, where that is something else; of the instance and its service
record SaidLayers(
    Map<String, Group> manifest,
    Set<Said> profile,
    Set<Said> admin,
    Map<Target, Map<String, Group>> puts,
    Optional<List<Map<String, Group>>> running) {

  record Group(String type, Map<String, Value> properties) {}

  record Value(PropertyType type, List<String> values) {}

  record Said(
      String name,
      String type,
      GroupChange.Kind kind,
      Map<String, Value> set,
      Set<String> removed) {}

  record Target(Fmri fmri, String group) {}

  /// @throws MalformedRecordException if it is no image
  static SaidLayers of(EntityImage image) {
    if (!image.exists()) {
      return new SaidLayers(Map.of(), Set.of(), Set.of(), Map.of(), Optional.empty());
    }
    Imaging.Layers layers = Imaging.decode(image);
    Map<Target, Map<String, Group>> puts = new HashMap<>();
    layers.puts().forEach(it -> puts.put(new Target(it.target(), it.name()), groups(it.body())));
    return new SaidLayers(
        groups(layers.manifest()),
        changes(layers.profile()),
        changes(layers.admin()),
        puts,
        layers.running().map(it -> List.of(groups(it.own()), groups(it.service()))));
  }

  private static Map<String, Group> groups(byte[] body) {
    PropertyGroups groups =
        body.length == 0 ? PropertyGroups.EMPTY : Body.read(body, new Strings()).groups();
    Map<String, Group> said = new HashMap<>();
    for (PropertyGroup group : groups.byName().values()) {
      said.put(group.name(), new Group(group.type(), values(group.properties())));
    }
    return said;
  }

  private static Map<String, Value> values(Map<String, Property> properties) {
    Map<String, Value> values = new HashMap<>();
    properties.forEach((name, it) -> values.put(name, new Value(it.type(), it.values())));
    return values;
  }

  private static Set<Said> changes(byte[] layer) {
    Set<Said> said = new HashSet<>();
    if (layer.length > 0) {
      for (GroupChange change : LayerChanges.read(layer).all()) {
        said.add(
            new Said(
                change.name(),
                change.type(),
                change.kind(),
                values(change.set()),
                Set.copyOf(change.removed().keySet())));
      }
    }
    return said;
  }
}
