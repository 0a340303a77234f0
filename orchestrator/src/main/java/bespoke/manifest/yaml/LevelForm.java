package bespoke.manifest.yaml;

import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.model.Dependency;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Sorts the property groups of a service or an instance into the keys of the format.
final class LevelForm {

  private static final List<String> METHODS = List.of("start", "stop", "refresh", "monitor");

  private final Fields shape;
  private final PatternForms patterns;
  private final Map<String, YamlNode> single = new LinkedHashMap<>();
  private final Map<String, String> comments = new LinkedHashMap<>();
  private final List<Mapping> documentation = new ArrayList<>();
  private final NodeBuilder dependencies = new NodeBuilder();
  private final NodeBuilder methods = new NodeBuilder();
  private final NodeBuilder groups = new NodeBuilder();

  /// @param shape of the service or of the instance
  LevelForm(PropertyGroups level, Fields shape) {
    this.shape = shape;
    this.patterns = new PatternForms(level);
    for (PropertyGroup group : level.byName().values()) {
      if (!patterns.written().contains(group.name())) {
        add(group);
      }
    }
  }

  private void add(PropertyGroup group) {
    if (isOthers(group)) {
      return;
    }
    if (group.name().equals("general")) {
      general(group);
      return;
    }
    if (!isShort(group)) {
      groups.put(group.name(), FullForm.group(group), comment(group));
    }
  }

  /// Where values came from, if that is worth to know: what an administrator changed does not stand
  /// in the file that the rest was imported from.
  private static String comment(PropertyGroup group) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (Property property : group.properties().values()) {
      if (property.origin() instanceof Origin.Administrator administrator) {
        names.computeIfAbsent(administrator.who(), _ -> new ArrayList<>()).add(property.name());
      }
    }
    List<String> sentences = new ArrayList<>();
    names.forEach(
        (who, properties) -> sentences.add(String.join(", ", properties) + ": set by " + who));
    return String.join("; ", sentences).replaceAll("[^ -~]", "?");
  }

  /// What another service made here: the dependency of a dependent, and the list of dependents.
  private static boolean isOthers(PropertyGroup group) {
    boolean external =
        group.type().equals(PropertyGroup.DEPENDENCY)
            && group.single("external").orElse("").equals("true");
    return external || group.name().equals("dependents");
  }

  private boolean isShort(PropertyGroup group) {
    String name = group.name();
    return switch (name) {
      case "tm_common_name", "tm_description" ->
          keep(name.substring("tm_".length()), GroupForms.template(group), group);
      case "readiness" -> keep(name, GroupForms.readiness(group, shapeOf(name)), group);
      case "startd" -> keep(name, GroupForms.startd(group, shapeOf(name)), group);
      case "periodic", "scheduled", "inetd" ->
          keep(name, GroupForms.occasion(group, shapeOf(name)), group);
      case "method_context" -> keep(name, GroupForms.context(group, shapeOf(name)), group);
      case "resources" -> keep(name, GroupForms.resources(group, shapeOf(name)), group);
      case "requires" ->
          keep(name, GroupForms.requires(group, shapeOf(name)), group) || isListed(group);
      default -> isListed(group);
    };
  }

  private boolean keep(String key, Optional<? extends YamlNode> node, PropertyGroup group) {
    node.ifPresent(found -> {
      single.put(key, found);
      comments.put(key, comment(group));
    });
    return node.isPresent();
  }

  private Shape shapeOf(String key) {
    return field(shape, key);
  }

  private Shape methodShape(String name) {
    return shapeOf("methods") instanceof Fields methodShapes
        ? field(methodShapes, name)
        : shapeOf("methods");
  }

  private static Shape field(Fields fields, String key) {
    return Objects.requireNonNull(fields.fields().get(key), key).shape();
  }

  /// The shape of the entries of a list or of named things.
  private Shape itemOf(String key) {
    return switch (shapeOf(key)) {
      case Shape.Items items -> items.item();
      case Shape.Named named -> named.value();
      case Shape other -> other;
    };
  }

  private boolean isListed(PropertyGroup group) {
    if (group.name().startsWith("tm_man_") || group.name().startsWith("tm_doc_")) {
      Optional<Mapping> document =
          GroupForms.document(group, itemOf("documentation"), documentation.size());
      document.ifPresent(documentation::add);
      return document.isPresent();
    }
    boolean method = METHODS.contains(group.name());
    Optional<Mapping> entry =
        method
            ? GroupForms.method(group, methodShape(group.name()))
            : GroupForms.dependency(group, itemOf("dependencies"));
    entry.ifPresent(
        node -> (method ? methods : dependencies).put(group.name(), node, comment(group)));
    return entry.isPresent();
  }

  private void general(PropertyGroup group) {
    List<Property> rest = new ArrayList<>();
    for (Property property : group.properties().values()) {
      String value = property.single().orElse("");
      if (property.name().equals("restarter")
          && property.type() == PropertyType.FMRI
          && value.equals(canonical(value))) {
        single.put("restarter", Scalar.text(value));
      } else if (property.name().equals("single_instance")
          && property.type() == PropertyType.BOOLEAN) {
        single.put("single_instance", Scalar.plain(value));
      } else {
        rest.add(property);
      }
    }
    boolean split = rest.size() < group.properties().size();
    if (!rest.isEmpty() || !split) {
      groups.put(group.name(), FullForm.group(group, rest), comment(group));
    }
  }

  private static String canonical(String restarter) {
    try {
      return Fmri.parse(restarter) instanceof InstanceFmri instance ? instance.toString() : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /// Adds the keys in the order of the reference.
  ///
  /// @param enabled its line, or null where there is none
  void addTo(NodeBuilder level, Optional<Boolean> enabled, List<Dependent> dependents) {
    put(level, "common_name");
    put(level, "description");
    level.putUnlessEmpty("documentation", NodeBuilder.list(documentation));
    enabled.ifPresent(value -> level.put("enabled", Scalar.plain(value.toString())));
    put(level, "single_instance");
    put(level, "restarter");
    put(level, "requires");
    level.putUnlessEmpty("dependencies", dependencies.build());
    level.putUnlessEmpty("dependents", dependents(dependents));
    level.putUnlessEmpty("methods", methods.build());
    put(level, "readiness");
    put(level, "startd");
    put(level, "periodic");
    put(level, "scheduled");
    put(level, "inetd");
    put(level, "method_context");
    put(level, "resources");
    level.putUnlessEmpty("property_groups", groups.build());
    level.putUnlessEmpty("templates", patterns.node());
  }

  private void put(NodeBuilder level, String key) {
    YamlNode node = single.get(key);
    if (node != null) {
      level.put(key, node, comments.getOrDefault(key, ""));
    }
  }

  private static Mapping dependents(List<Dependent> dependents) {
    Map<Dependency, List<Scalar>> targets = new LinkedHashMap<>();
    for (Dependent dependent : dependents) {
      targets
          .computeIfAbsent(dependent.dependency(), _ -> new ArrayList<>())
          .add(
              Scalar.text(
                  dependent.target() instanceof ServiceFmri service
                      ? service.service()
                      : dependent.target().toString()));
    }
    NodeBuilder node = new NodeBuilder();
    targets.forEach((dependency, services) -> {
      NodeBuilder entry =
          new NodeBuilder().put("grouping", Scalar.text(dependency.grouping().toString()));
      if (dependency.restartOn() != RestartOn.NONE) {
        entry.put("restart_on", Scalar.text(dependency.restartOn().toString()));
      }
      node.put(dependency.name(), entry.put("services", NodeBuilder.list(services)).build());
    });
    return node.build();
  }
}
