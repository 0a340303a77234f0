package bespoke.manifest.smf;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads one `<service>` with its instances.
final class ServiceReading {

  private final XmlElement element;
  private final BundleReading.Purpose purpose;
  private final Findings findings;
  private final Predicate<String> isThere;
  private final ServicePorts ports;
  private final Map<String, InstanceDescription> instances = new LinkedHashMap<>();

  ServiceReading(
      XmlElement element,
      BundleReading.Purpose purpose,
      Findings findings,
      Predicate<String> isThere,
      ServicePorts ports) {
    this.element = element;
    this.purpose = purpose;
    this.findings = findings;
    this.isThere = isThere;
    this.ports = ports;
  }

  /// The description; empty when the service has no name.
  Optional<ServiceDescription> read() {
    Vocabulary.checkAttributes(element, findings);
    Optional<ServiceFmri> fmri = fmri();
    if (fmri.isEmpty()) {
      return Optional.empty();
    }
    findings.exact(element);
    Patterns patterns = Patterns.of(element);
    LevelReading level = new LevelReading(fmri.get(), patterns, findings, isThere);
    for (XmlElement child : element.children()) {
      switch (child.name()) {
        case "create_default_instance" -> defaultInstance(child);
        case "instance" -> instance(child, fmri.get(), patterns);
        default -> level.child(child, element);
      }
    }
    PropertyGroups groups = level.groups();
    if (purpose == BundleReading.Purpose.APPLY) {
      level.refuseInProfile();
    }
    InetdInstances inetd = new InetdInstances(groups, ports, findings);
    return Optional.of(
        new ServiceDescription(
            fmri.get(),
            groups,
            instances.values().stream().map(inetd::told).toList(),
            level.dependents(),
            element.place()));
  }

  private Optional<ServiceFmri> fmri() {
    String name = element.attribute("name", "");
    try {
      Fmri parsed = Fmri.parse(name);
      if (parsed instanceof ServiceFmri service) {
        return Optional.of(service);
      }
      findings.cannot(
          element.placeOf("name"),
          "cannot use \"" + name + "\" as the name of a service",
          "the instance belongs into an <instance> element");
    } catch (IllegalArgumentException e) {
      findings.cannot(
          element.placeOf("name"),
          "cannot use \"" + name + "\" as the name of a service",
          String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private void defaultInstance(XmlElement child) {
    Vocabulary.checkAttributes(child, findings);
    findings.exact(child);
    add(
        new InstanceDescription(
            InstanceFmri.DEFAULT_INSTANCE,
            enabled(child),
            PropertyGroups.EMPTY,
            List.of(),
            child.place()),
        child);
  }

  private void instance(XmlElement instance, ServiceFmri service, Patterns ofService) {
    Vocabulary.checkAttributes(instance, findings);
    String name = instance.attribute("name", "");
    InstanceFmri fmri;
    try {
      fmri = service.instance(name);
    } catch (IllegalArgumentException e) {
      findings.cannot(
          instance.placeOf("name"),
          "cannot use \"" + name + "\" as the name of an instance",
          String.valueOf(e.getMessage()));
      return;
    }
    findings.exact(instance);
    LevelReading level =
        new LevelReading(fmri, ofService.with(Patterns.of(instance)), findings, isThere);
    instance.children().forEach(child -> level.child(child, instance));
    if (purpose == BundleReading.Purpose.APPLY) {
      level.refuseInProfile();
    }
    Optional<Boolean> said = enabled(instance).or(level::enabled);
    add(
        new InstanceDescription(name, said, level.groups(), level.dependents(), instance.place()),
        instance);
  }

  /// Two elements of one name add to each other only from different `<service>` elements.
  private void add(InstanceDescription instance, XmlElement at) {
    InstanceDescription before = instances.putIfAbsent(instance.name(), instance);
    if (before != null) {
      findings.cannot(
          at.place(),
          "cannot describe the instance \"" + instance.name() + "\" twice",
          "the first is at " + before.origin() + "; remove one");
    }
  }

  private Optional<Boolean> enabled(XmlElement at) {
    Optional<String> text = at.attribute("enabled");
    if (text.isEmpty()) {
      if (purpose == BundleReading.Purpose.IMPORT) {
        findings.approximated(at, "it does not say enabled=; taken as false");
        return Optional.of(false);
      }
      return Optional.empty();
    }
    String value = text.get();
    if (!value.equals("true") && !value.equals("false")) {
      findings.cannot(
          at.placeOf("enabled"), "cannot use \"" + value + "\" as enabled", "use true or false");
    }
    return Optional.of(value.equals("true"));
  }
}
