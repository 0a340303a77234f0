package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import bespoke.model.ServiceDescription.Dependent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Maps `requires`, `dependencies` and `dependents` (smf.md 3.1, 3.6).
final class DependencyMapping {

  /// The group that `requires` stands for.
  static final String REQUIRES = "requires";

  private DependencyMapping() {}

  static void add(Source source, Mapping level, List<PropertyGroup> groups) {
    if (level.value(REQUIRES) instanceof Sequence services) {
      groups.add(requires(source, services));
    }
    if (level.value("dependencies") instanceof Mapping dependencies) {
      for (Entry entry : dependencies.entries()) {
        if (entry.value() instanceof Mapping content) {
          groups.add(group(source, entry.key(), content));
        }
      }
    }
  }

  static PropertyGroup requires(Source source, Sequence services) {
    return new GroupBuilder(source, REQUIRES, PropertyGroup.DEPENDENCY, services)
        .add("grouping", PropertyType.ASTRING, "require_all", services)
        .add("restart_on", PropertyType.ASTRING, "none", services)
        .add("type", PropertyType.ASTRING, "service", services)
        .add("entities", PropertyType.FMRI, canonical(services, false), services)
        .build();
  }

  /// One dependency; an empty one masks the service's.
  static PropertyGroup group(Source source, Scalar name, Mapping content) {
    GroupBuilder group = new GroupBuilder(source, name.text(), PropertyGroup.DEPENDENCY, name);
    group.copy(content, PropertyType.ASTRING, "grouping", "restart_on");
    YamlNode services = content.value("services");
    YamlNode paths = content.value("paths");
    YamlNode entities = services == null ? paths : services;
    if (entities != null) {
      group.add("type", PropertyType.ASTRING, services == null ? "path" : "service", entities);
      group.add("entities", PropertyType.FMRI, canonical(entities, services == null), entities);
    }
    return group.build();
  }

  private static List<String> canonical(YamlNode list, boolean paths) {
    List<String> entities = new ArrayList<>(4);
    for (String text : GroupBuilder.texts(list)) {
      Entity entity = paths ? FileFmri.parse(text) : Fmri.parse(text);
      entities.add(entity.toString());
    }
    return entities;
  }

  /// Who depends on this service or instance.
  static List<Dependent> dependents(Source source, Mapping level, Fmri self) {
    List<Dependent> dependents = new ArrayList<>(0);
    if (level.value("dependents") instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        if (entry.value() instanceof Mapping content) {
          dependency(source, entry.key(), content, self, dependents);
        }
      }
    }
    return dependents;
  }

  private static void dependency(
      Source source, Scalar name, Mapping content, Fmri self, List<Dependent> dependents) {
    Grouping grouping = Grouping.named(word(content, "grouping", "require_all"));
    RestartOn restartOn = RestartOn.named(word(content, "restart_on", "none"));
    Dependency dependency =
        new Dependency(
            name.text(),
            Objects.requireNonNull(grouping),
            Objects.requireNonNull(restartOn),
            List.of(self),
            source.origin(name));
    for (String target : GroupBuilder.texts(content.value("services"))) {
      dependents.add(new Dependent(dependency, Fmri.parse(target)));
    }
  }

  private static String word(Mapping content, String key, String otherwise) {
    return content.value(key) instanceof Scalar scalar ? scalar.text() : otherwise;
  }
}
