package bespoke.manifest.smf;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes single property groups as elements.
final class GroupElements {

  /// The levels that the DTD knows (attributes(7)).
  private static final Set<String> STABILITIES =
      Set.of(
          "Standard",
          "Stable",
          "Evolving",
          "Unstable",
          "External",
          "Obsolete",
          "Committed",
          "Uncommitted",
          "Volatile",
          "Private",
          "Not-an-interface");

  private GroupElements() {}

  static XmlElement fmri(String value) {
    return new ElementBuilder("service_fmri").with("value", value).build();
  }

  /// Whether a property is a stability level of the DTD.
  static boolean isStability(@Nullable Property property) {
    return property != null
        && property.type() == PropertyType.ASTRING
        && property.single().filter(STABILITIES::contains).isPresent();
  }

  static XmlElement stability(Property property) {
    return new ElementBuilder("stability").with("value", property.values().getFirst()).build();
  }

  /// A group in full.
  static XmlElement group(PropertyGroup group) {
    return new ElementBuilder("property_group")
        .with("name", group.name())
        .with("type", group.type())
        .addAll(properties(group.properties().values()))
        .build();
  }

  /// Properties with the stability first, as the DTD wants.
  private static List<XmlElement> properties(Collection<Property> properties) {
    List<XmlElement> elements = new ArrayList<>(properties.size());
    for (Property property : properties) {
      if (property.name().equals("stability") && isStability(property)) {
        elements.addFirst(stability(property));
      } else {
        elements.add(property(property));
      }
    }
    return elements;
  }

  private static XmlElement property(Property property) {
    String type = property.type().toString();
    if (property.values().size() == 1) {
      return new ElementBuilder("propval")
          .with("name", property.name())
          .with("type", type)
          .with("value", property.values().getFirst())
          .build();
    }
    ElementBuilder element =
        new ElementBuilder("property").with("name", property.name()).with("type", type);
    if (!property.values().isEmpty()) {
      ElementBuilder list = new ElementBuilder(type + "_list");
      property
          .values()
          .forEach(
              value -> list.add(new ElementBuilder("value_node").with("value", value).build()));
      element.add(list.build());
    }
    return element.build();
  }

  /// A `<dependency>`; whether it says the same must be proven.
  static Optional<XmlElement> dependency(PropertyGroup group) {
    ElementBuilder element = new ElementBuilder("dependency").with("name", group.name());
    Map<String, Property> rest = new LinkedHashMap<>(group.properties());
    for (String word : List.of("grouping", "restart_on", "type")) {
      element.with(word, group.single(word).orElse(""));
      rest.remove(word);
    }
    Property entities = rest.remove("entities");
    if (entities == null || entities.type() != PropertyType.FMRI) {
      return Optional.empty();
    }
    entities.values().forEach(value -> element.add(fmri(value)));
    return Optional.of(element.addAll(properties(rest.values())).build());
  }

  /// An `<exec_method>`; whether it says the same must be proven.
  static Optional<XmlElement> method(PropertyGroup group) {
    ElementBuilder element = new ElementBuilder("exec_method").with("name", group.name());
    ContextElement context = ContextElement.of(group);
    Map<String, Property> rest = new LinkedHashMap<>();
    context.rest().forEach(property -> rest.put(property.name(), property));
    boolean monitor =
        group.name().equals("monitor") && group.single("probe").orElse("").equals("exec");
    String exec = monitor ? "target" : "exec";
    if (group.single("type").isEmpty()
        || group.single(exec).isEmpty()
        || group.single("timeout_seconds").isEmpty()) {
      return Optional.empty();
    }
    element.with("type", group.single("type").get());
    element.with("exec", group.single(exec).get());
    element.with("timeout_seconds", seconds(group.single("timeout_seconds").get()));
    List.of("type", exec, "timeout_seconds").forEach(rest::remove);
    if (monitor) {
      rest.remove("probe");
    }
    if (!context.isEmpty()) {
      element.add(context.element());
    }
    return Optional.of(element.addAll(properties(rest.values())).build());
  }

  private static String seconds(String count) {
    return count.equals("18446744073709551615") ? "-1" : count;
  }

  /// A `<notification_parameters>`; whether it says the same must be proven.
  static Optional<XmlElement> notification(PropertyGroup group) {
    Map<String, ElementBuilder> types = new LinkedHashMap<>();
    for (Property property : group.properties().values()) {
      int comma = property.name().indexOf(',');
      if (comma < 0) {
        return Optional.empty();
      }
      String name = property.name().substring(0, comma);
      String parameter = property.name().substring(comma + 1);
      ElementBuilder type =
          types.computeIfAbsent(name, key -> new ElementBuilder("type").with("name", key));
      if (parameter.equals("active")) {
        type.with("active", property.single().orElse(""));
      } else if (property.values().size() == 1) {
        type.add(
            new ElementBuilder("paramval")
                .with("name", parameter)
                .with("value", property.values().getFirst())
                .build());
      } else {
        ElementBuilder list = new ElementBuilder("parameter").with("name", parameter);
        property
            .values()
            .forEach(
                value -> list.add(new ElementBuilder("value_node").with("value", value).build()));
        type.add(list.build());
      }
    }
    if (types.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ElementBuilder("notification_parameters")
            .add(new ElementBuilder("event").with("value", group.name()).build())
            .addAll(types.values().stream().map(ElementBuilder::build).toList())
            .build());
  }
}
