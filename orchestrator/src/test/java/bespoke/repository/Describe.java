package bespoke.repository;

import bespoke.model.Dependency;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.RestartOn;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds service descriptions for tests: `service("site/web").set("config/port", "80")`.
final class Describe {

  private final String name;
  private final Map<String, List<Property>> service = new LinkedHashMap<>();
  private final Map<String, List<Property>> instance = new LinkedHashMap<>();
  private final List<Dependent> dependents = new ArrayList<>();
  private Optional<Boolean> enabled = Optional.of(false);
  private int line = 1;

  private Describe(String name) {
    this.name = name;
  }

  static Describe service(String name) {
    return new Describe(name);
  }

  /// A property of the default instance.
  Describe set(String path, String... values) {
    add(instance, path, values);
    return this;
  }

  /// A property of the service.
  Describe setInService(String path, String... values) {
    add(service, path, values);
    return this;
  }

  Describe enabled(boolean value) {
    enabled = Optional.of(value);
    return this;
  }

  Describe atLine(int first) {
    line = first;
    return this;
  }

  Describe dependent(String group, String target) {
    Dependency dependency =
        new Dependency(
            group, Grouping.REQUIRE_ALL, RestartOn.NONE, List.of(new ServiceFmri(name)), origin());
    dependents.add(new Dependent(dependency, Fmri.parse(target)));
    return this;
  }

  private void add(Map<String, List<Property>> to, String path, String... values) {
    String[] parts = path.split("/", 2);
    to.computeIfAbsent(parts[0], group -> new ArrayList<>())
        .add(new Property(parts[1], PropertyType.ASTRING, List.of(values), origin()));
  }

  private Origin origin() {
    return new Origin.File(name.replace('/', '-') + ".yaml", line, 3);
  }

  private PropertyGroups groups(Map<String, List<Property>> properties) {
    List<PropertyGroup> groups = new ArrayList<>();
    properties.forEach((group, list) ->
        groups.add(PropertyGroup.of(group, PropertyGroup.APPLICATION, list, origin())));
    return PropertyGroups.of(groups);
  }

  ServiceDescription build() {
    InstanceDescription only =
        new InstanceDescription("default", enabled, groups(instance), List.of(), origin());
    return new ServiceDescription(
        new ServiceFmri(name), groups(service), List.of(only), dependents, origin());
  }
}
