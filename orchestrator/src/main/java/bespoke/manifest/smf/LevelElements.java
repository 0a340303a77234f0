package bespoke.manifest.smf;

import bespoke.model.Dependency;
import bespoke.model.Fmri;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription.Dependent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sorts the property groups of a service or an instance into the elements of the DTD, in the order
/// that it wants.
///
/// Each special element is a guess that is proven by reading it back: what would not come back as
/// the same groups is written as `<property_group>`, which can say everything.
final class LevelElements {

  private static final String GENERAL = "general";

  private final Fmri fmri;
  private final boolean service;
  private final boolean plain;
  private final List<Dependent> dependents;
  private final List<XmlElement> flags = new ArrayList<>(0);
  private final List<XmlElement> dependencies = new ArrayList<>(0);
  private final List<XmlElement> context = new ArrayList<>(0);
  private final List<XmlElement> methods = new ArrayList<>(0);
  private final List<XmlElement> notifications = new ArrayList<>(0);
  private final List<XmlElement> groups = new ArrayList<>(0);
  private final List<XmlElement> stability = new ArrayList<>(0);
  private final List<XmlElement> template = new ArrayList<>(0);

  /// @param service whether it is a service, which has elements that an instance has not
  /// @param plain whether to write every group in full
  LevelElements(
      Fmri fmri, PropertyGroups level, List<Dependent> dependents, boolean service, boolean plain) {
    this.fmri = fmri;
    this.service = service;
    this.plain = plain;
    this.dependents = dependents;
    Set<String> written = plain ? Set.of() : template(level);
    for (PropertyGroup group : level.byName().values()) {
      if (!written.contains(group.name()) && !isOthers(group)) {
        add(group);
      }
    }
  }

  /// What stands before the instances of a service.
  List<XmlElement> first() {
    List<XmlElement> all = new ArrayList<>(flags);
    all.addAll(dependencies);
    all.addAll(plain ? List.of() : dependentElements());
    all.addAll(context);
    all.addAll(methods);
    all.addAll(notifications);
    all.addAll(groups);
    return all;
  }

  /// What stands behind them.
  List<XmlElement> last() {
    List<XmlElement> all = new ArrayList<>(stability);
    all.addAll(template);
    return all;
  }

  /// What another service made here: the dependency of a dependent, and the list of dependents.
  private static boolean isOthers(PropertyGroup group) {
    boolean external =
        group.type().equals(PropertyGroup.DEPENDENCY)
            && group.single("external").orElse("").equals("true");
    return external || group.name().equals("dependents");
  }

  private void add(PropertyGroup group) {
    if (plain) {
      groups.add(GroupElements.group(group));
    } else if (group.name().equals(GENERAL)) {
      general(group);
    } else {
      special(group);
    }
  }

  private void special(PropertyGroup group) {
    if (group.type().equals(PropertyGroup.DEPENDENCY)
        && keep(dependencies, GroupElements.dependency(group), group)) {
      return;
    }
    if (group.type().equals(PropertyGroup.METHOD)
        && keep(methods, GroupElements.method(group), group)) {
      return;
    }
    if (group.type().equals(NotificationElements.TYPE)
        && keep(notifications, GroupElements.notification(group), group)) {
      return;
    }
    if (group.name().equals("method_context") && context(group)) {
      return;
    }
    groups.add(GroupElements.group(group));
  }

  private boolean keep(List<XmlElement> into, Optional<XmlElement> element, PropertyGroup group) {
    boolean proven = element.isPresent() && isSame(read(List.of(element.get())), List.of(group));
    if (proven) {
      into.add(element.get());
    }
    return proven;
  }

  /// The context as an element, with what it cannot hold as a group of the same name.
  private boolean context(PropertyGroup group) {
    ContextElement element = ContextElement.of(group);
    List<XmlElement> both = new ArrayList<>(List.of(element.element()));
    Optional<XmlElement> rest =
        element.rest().isEmpty()
            ? Optional.empty()
            : Optional.of(
                GroupElements.group(
                    PropertyGroup.of(group.name(), group.type(), element.rest(), group.origin())));
    rest.ifPresent(both::add);
    if (!isSame(read(both), List.of(group))) {
      return false;
    }
    context.add(element.element());
    rest.ifPresent(groups::add);
    return true;
  }

  private void general(PropertyGroup group) {
    Map<String, Property> rest = new LinkedHashMap<>(group.properties());
    if (service && isOne(rest.get("single_instance"), PropertyType.BOOLEAN, "true")) {
      flags.add(new ElementBuilder("single_instance").build());
      rest.remove("single_instance");
    }
    Property restarter = rest.get("restarter");
    if (restarter != null && restarter.values().size() == 1) {
      XmlElement element =
          new ElementBuilder("restarter")
              .add(GroupElements.fmri(restarter.values().getFirst()))
              .build();
      PropertyGroup only =
          PropertyGroup.of(GENERAL, group.type(), List.of(restarter), group.origin());
      if (isSame(read(List.of(element)), List.of(only))) {
        flags.add(element);
        rest.remove("restarter");
      }
    }
    Property level = rest.get("entity_stability");
    if (service && level != null && GroupElements.isStability(level)) {
      stability.add(GroupElements.stability(level));
      rest.remove("entity_stability");
    }
    boolean split = rest.size() < group.properties().size();
    if (!split || !rest.isEmpty()) {
      groups.add(
          GroupElements.group(new PropertyGroup(group.name(), group.type(), rest, group.origin())));
    }
  }

  private static boolean isOne(@Nullable Property property, PropertyType type, String value) {
    return property != null && property.type() == type && property.values().equals(List.of(value));
  }

  /// The template, if the level has a common name, without which the DTD has none.
  ///
  /// @return the names of the groups that it stands for
  private Set<String> template(PropertyGroups level) {
    TemplateWriter writer = new TemplateWriter(level);
    Optional<XmlElement> element = writer.template(this::comesBack);
    element.ifPresent(template::add);
    return element.isPresent() ? writer.written() : Set.of();
  }

  private boolean comesBack(XmlElement element, List<PropertyGroup> wanted) {
    return isSame(read(List.of(new ElementBuilder("template").add(element).build())), wanted);
  }

  private List<PropertyGroup> read(List<XmlElement> elements) {
    Findings findings = new Findings();
    LevelReading reading = new LevelReading(fmri, new Patterns(Map.of()), findings, path -> true);
    XmlElement parent = new ElementBuilder("service").build();
    elements.forEach(element -> reading.child(element, parent));
    return findings.hasProblems() ? List.of() : List.copyOf(reading.groups().byName().values());
  }

  /// Whether groups are equal but for where they come from and their order.
  static boolean isSame(List<PropertyGroup> read, List<PropertyGroup> wanted) {
    Set<String> names = new HashSet<>();
    wanted.forEach(group -> names.add(group.name()));
    return read.size() == wanted.size()
        && read.stream().allMatch(group -> names.contains(group.name()))
        && wanted.stream().allMatch(group -> read.stream().anyMatch(other -> isSame(other, group)));
  }

  private static boolean isSame(PropertyGroup a, PropertyGroup b) {
    return a.name().equals(b.name())
        && a.type().equals(b.type())
        && a.properties().keySet().equals(b.properties().keySet())
        && a.properties().values().stream()
            .allMatch(
                property -> b.property(property.name()).filter(property::sameValue).isPresent());
  }

  private List<XmlElement> dependentElements() {
    Map<Dependency, ElementBuilder> elements = new LinkedHashMap<>();
    for (Dependent dependent : dependents) {
      Dependency dependency = dependent.dependency();
      elements
          .computeIfAbsent(
              dependency,
              _ ->
                  new ElementBuilder("dependent")
                      .with("name", dependency.name())
                      .with("grouping", dependency.grouping().toString())
                      .with("restart_on", dependency.restartOn().toString()))
          .add(GroupElements.fmri(dependent.target().toString()));
    }
    return elements.values().stream().map(ElementBuilder::build).toList();
  }
}
