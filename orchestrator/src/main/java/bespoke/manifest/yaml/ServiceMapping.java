package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Maps one checked document to a service.
final class ServiceMapping {

  private static final String GENERAL = "general";

  private final Source source;
  private final Optional<Boolean> unsaid;

  /// @param unsaid whether an instance is enabled that says nothing about it; empty in profiles,
  ///   which leave it as it is then
  ServiceMapping(Source source, Optional<Boolean> unsaid) {
    this.source = source;
    this.unsaid = unsaid;
  }

  /// The service of a document without problems.
  ServiceDescription service(Mapping document) {
    ServiceFmri fmri = Fmri.parse(text(document, "service")).serviceFmri();
    return new ServiceDescription(
        fmri,
        PropertyGroups.of(groups(document)),
        instances(document, fmri),
        DependencyMapping.dependents(source, document, fmri),
        source.origin(document));
  }

  private List<InstanceDescription> instances(Mapping document, ServiceFmri service) {
    if (!(document.value("instances") instanceof Mapping instances)) {
      return List.of(
          new InstanceDescription(
              InstanceFmri.DEFAULT_INSTANCE,
              enabled(document),
              PropertyGroups.EMPTY,
              List.of(),
              source.origin(document)));
    }
    List<InstanceDescription> described = new ArrayList<>(instances.entries().size());
    for (Entry entry : instances.entries()) {
      if (entry.value() instanceof Mapping content) {
        described.add(instance(service, entry.key(), content));
      }
    }
    return described;
  }

  private InstanceDescription instance(ServiceFmri service, Scalar name, Mapping content) {
    return new InstanceDescription(
        name.text(),
        enabled(content),
        PropertyGroups.of(groups(content)),
        DependencyMapping.dependents(source, content, service.instance(name.text())),
        source.origin(name));
  }

  private Optional<Boolean> enabled(Mapping level) {
    return level.value("enabled") instanceof Scalar scalar
        ? Optional.of(scalar.text().equals("true"))
        : unsaid;
  }

  /// The property groups of a service or an instance.
  List<PropertyGroup> groups(Mapping level) {
    List<PropertyGroup> groups = new ArrayList<>();
    TemplateMapping.add(source, level, groups);
    PatternMapping.add(source, level, groups);
    Optional<PropertyGroup> general = general(level);
    general.ifPresent(groups::add);
    DependencyMapping.add(source, level, groups);
    MethodMapping.add(source, level, groups);
    OccasionMapping.add(source, level, groups);
    if (level.value("property_groups") instanceof Mapping named) {
      for (Entry entry : named.entries()) {
        if (entry.value() instanceof Mapping content) {
          PropertyGroup group = PropertyMapping.group(source, entry.key(), content);
          boolean second = group.name().equals(GENERAL) && general.isPresent();
          if (second) {
            groups.remove(general.get());
            group = general.get().overriddenBy(group);
          }
          groups.add(group);
        }
      }
    }
    return groups;
  }

  /// `restarter` and `single_instance` live in the group `general`.
  private Optional<PropertyGroup> general(Mapping level) {
    YamlNode restarter = level.value("restarter");
    YamlNode single = level.value("single_instance");
    if (restarter == null && single == null) {
      return Optional.empty();
    }
    YamlNode place = restarter == null ? level : restarter;
    GroupBuilder group = new GroupBuilder(source, GENERAL, PropertyGroup.FRAMEWORK, place);
    if (restarter instanceof Scalar scalar) {
      group.add("restarter", PropertyType.FMRI, Fmri.parse(scalar.text()).toString(), scalar);
    }
    group.copy(level, PropertyType.BOOLEAN, "single_instance");
    return Optional.of(group.build());
  }

  private static String text(Mapping document, String key) {
    return document.value(key) instanceof Scalar scalar ? scalar.text() : "";
  }
}
