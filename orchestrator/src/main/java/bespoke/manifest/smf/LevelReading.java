package bespoke.manifest.smf;

import bespoke.manifest.ImportMark;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Names;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.definition.SolarisPrivileges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads what a `<service>` and an `<instance>` have in common: their property groups, in every
/// form that the DTD has for them.
final class LevelReading {

  private static final String GENERAL = "general";

  /// Groups that are the daemon's own (smf.md 2.5).
  private static final Set<String> RESERVED =
      Set.of("restarter", "restarter_actions", "general_ovr", "dependents");

  private final Fmri fmri;
  private final Findings findings;
  private final PropertyReading properties;
  private final MethodElements methods;
  private final TimedMethods timed;
  private final Map<String, PropertyGroup> groups = new LinkedHashMap<>();
  private final List<Dependent> dependents = new ArrayList<>();
  private Optional<Boolean> enabled = Optional.empty();

  LevelReading(Fmri fmri, Patterns patterns, Findings findings, Predicate<String> isThere) {
    this.fmri = fmri;
    this.findings = findings;
    this.properties = new PropertyReading(fmri, patterns, findings);
    this.methods = new MethodElements(properties, findings, isThere);
    this.timed = new TimedMethods(methods, findings);
  }

  /// Reads one child of the service or instance.
  void child(XmlElement child, XmlElement parent) {
    switch (child.name()) {
      case "single_instance" -> {
        general(child, "single_instance", PropertyType.BOOLEAN, "true");
        findings.exact(child);
      }
      case "restarter" -> restarter(child);
      case "stability" -> {
        child
            .attribute("value")
            .ifPresent(value -> general(child, "entity_stability", PropertyType.ASTRING, value));
        findings.exact(child);
      }
      case "dependency" -> dependency(child);
      case "dependent" -> dependents.addAll(DependencyElements.dependents(child, fmri, findings));
      case "method_context" -> put(methods.context(child), child);
      case "exec_method" -> {
        if (!isDeleted(child)) {
          methods.method(startOfInetd(child, parent)).ifPresent(group -> put(group, child));
        }
      }
      case "periodic_method", "scheduled_method" ->
          timed.groups(child, parent).forEach(group -> put(group, child));
      case "property_group" -> propertyGroup(child);
      case "notification_parameters" ->
          NotificationElements.groups(child, findings).forEach(group -> put(group, child));
      case "template" ->
          new TemplateElements(findings).groups(child).forEach(group -> put(group, child));
      default -> Vocabulary.unknown(child, parent, findings);
    }
    Vocabulary.checkAttributes(child, findings);
  }

  private void general(XmlElement at, String property, PropertyType type, String value) {
    put(
        PropertyGroup.of(
            GENERAL,
            PropertyGroup.FRAMEWORK,
            List.of(Property.of(property, type, value, at.place())),
            at.place()),
        at);
  }

  private void restarter(XmlElement element) {
    Optional<XmlElement> named = element.first("service_fmri");
    if (named.isEmpty()) {
      findings.cannot(
          element.place(), "cannot read a <restarter> without <service_fmri>", "add it");
      return;
    }
    String value = named.get().attribute("value", "");
    try {
      String restarter = InstanceFmri.parse(value).toString();
      general(named.get(), "restarter", PropertyType.FMRI, restarter);
      if (restarter.equals(InstanceDefinition.MASTER_RESTARTER.toString())) {
        findings.exact(element);
      } else {
        findings.exact(element, "an instance waits until " + restarter + " runs");
      }
    } catch (IllegalArgumentException e) {
      findings.cannot(
          named.get().placeOf("value"),
          "cannot use \"" + value + "\" as a restarter",
          String.valueOf(e.getMessage()));
    }
  }

  /// Solaris' inetd has a name of its own for what runs on a connection.
  private static XmlElement startOfInetd(XmlElement element, XmlElement parent) {
    boolean taken =
        parent.all("exec_method").stream()
            .anyMatch(method -> method.attribute("name", "").equals("start"));
    if (taken || !element.attribute("name", "").equals("inetd_start")) {
      return element;
    }
    Map<String, XmlElement.Attribute> attributes = new LinkedHashMap<>(element.attributes());
    attributes.put("name", new XmlElement.Attribute("start", element.placeOf("name")));
    return new XmlElement(
        element.name(), attributes, element.children(), element.text(), element.place());
  }

  private void dependency(XmlElement element) {
    if (!isDeleted(element)) {
      DependencyElements.group(element, properties, findings)
          .ifPresent(group -> put(group, element));
    }
  }

  /// Whether the element takes its group away.
  private boolean isDeleted(XmlElement element) {
    if (!element.is("delete")) {
      return false;
    }
    findings.mark(fmri, element.attribute("name", ""), "", ImportMark.Kind.DELETE);
    findings.exact(element, "taken away");
    return true;
  }

  private void propertyGroup(XmlElement element) {
    String name = element.attribute("name", "");
    String type = element.attribute("type", "");
    if (!properties.isName(element, "name", "a property group")
        || isDeleted(element)
        || !properties.isName(element, "type", "the type of a property group")) {
      return;
    }
    if (RESERVED.contains(name)) {
      findings.dropped(element, "this property group is the daemon's own");
      return;
    }
    PropertyGroup group =
        PropertyGroup.of(name, type, properties.of(element, name, type, Set.of()), element.place());
    put(name.equals(GENERAL) ? withoutEnabled(group, element) : group, element);
    findings.exact(element);
  }

  /// `general/enabled` is the instance's own setting.
  private PropertyGroup withoutEnabled(PropertyGroup group, XmlElement element) {
    Optional<String> value = group.single("enabled");
    if (value.isEmpty()) {
      return group;
    }
    if (fmri instanceof InstanceFmri) {
      enabled = Optional.of(value.get().equals("true"));
    } else {
      findings.dropped(element, "general/enabled belongs to instances, not to the service");
    }
    Map<String, Property> rest = new LinkedHashMap<>(group.properties());
    rest.remove("enabled");
    return new PropertyGroup(group.name(), group.type(), rest, group.origin());
  }

  /// Several elements may fill one group; what one of them said already is not said again.
  private void put(PropertyGroup group, XmlElement at) {
    if (!Names.isName(group.name())) {
      properties.isName(at, "name", "a property group");
      return;
    }
    PropertyGroup before = groups.putIfAbsent(group.name(), group);
    if (before == null) {
      return;
    }
    if (!before.type().equals(group.type())) {
      findings.cannot(
          at.place(),
          "cannot make the property group \"" + group.name() + "\" of the type " + group.type(),
          "it is of the type " + before.type() + " at " + before.origin());
      return;
    }
    for (Property property : group.properties().values()) {
      Property known = before.properties().get(property.name());
      if (known != null && !property.sameValue(known) && !properties.isForced(group, property)) {
        findings.cannot(
            at.place(),
            "cannot set " + group.name() + "/" + property.name() + " twice",
            "the first is at " + known.origin() + "; remove one or say override='true'");
      }
    }
    groups.put(
        group.name(),
        new PropertyGroup(
            group.name(), group.type(), before.overriddenBy(group).properties(), before.origin()));
  }

  /// What the level's `general` group said of it.
  Optional<Boolean> enabled() {
    return enabled;
  }

  List<Dependent> dependents() {
    return dependents;
  }

  /// The groups; privileges have become capabilities.
  PropertyGroups groups() {
    groups.replaceAll((_, group) -> SolarisPrivileges.withCapabilities(group));
    if (groups.containsKey(GENERAL) && groups.get(GENERAL).properties().isEmpty()) {
      groups.remove(GENERAL);
    }
    return new PropertyGroups(groups);
  }

  /// A profile sets what is there; it adds nothing to others (smf.md 9.3).
  void refuseInProfile() {
    for (Dependent dependent : dependents) {
      if (dependent.dependency().origin() instanceof Origin.File at) {
        findings.cannot(at, "cannot add a dependent in a profile", "import it in a manifest");
      }
    }
  }
}
