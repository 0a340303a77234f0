package bespoke.manifest.smf;

import bespoke.manifest.NearestName;
import bespoke.manifest.ServiceMerge;
import bespoke.model.ServiceDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Reads a tree of bundles into descriptions; several `<service>` elements of one name are one
/// service.
final class BundleReading {

  private static final List<String> TYPES = List.of("manifest", "profile", "archive");

  private final Purpose purpose;
  private final Findings findings;
  private final Predicate<String> isThere;
  private final ServicePorts ports;
  private final List<ServiceDescription> services = new ArrayList<>();

  /// What the bundle is read for.
  enum Purpose {
    /// `svccfg import`: manifests and archives.
    IMPORT,
    /// `svccfg apply`: profiles.
    APPLY
  }

  BundleReading(Purpose purpose, Findings findings, Predicate<String> isThere, ServicePorts ports) {
    this.purpose = purpose;
    this.findings = findings;
    this.isThere = isThere;
    this.ports = ports;
  }

  /// What was described, one description a service.
  List<ServiceDescription> services() {
    return ServiceMerge.merge(services);
  }

  void root(XmlElement root) {
    if (!root.name().equals("service_bundle")) {
      findings.cannot(
          root.place(),
          "cannot read <" + root.name() + "> as a description",
          "the root of SMF's XML is <service_bundle>");
      return;
    }
    String type = root.attribute("type", "");
    if (!TYPES.contains(type)) {
      findings.cannot(
          root.placeOf("type"),
          "cannot read a bundle of type \"" + type + "\"",
          NearestName.hint(type, TYPES));
      return;
    }
    boolean profile = type.equals("profile");
    if (profile && purpose == Purpose.IMPORT) {
      findings.cannot(root.placeOf("type"), "cannot import a profile", "use svccfg apply");
    } else if (!profile && purpose == Purpose.APPLY) {
      findings.cannot(
          root.placeOf("type"), "cannot apply a bundle of type " + type, "use svccfg import");
    } else {
      bundle(root, type);
    }
  }

  private void bundle(XmlElement bundle, String type) {
    if (!bundle.attribute("type", "").equals(type)) {
      findings.cannot(
          bundle.placeOf("type"),
          "cannot read a bundle of type \"" + bundle.attribute("type", "") + "\" here",
          "the bundle around it is of type " + type);
      return;
    }
    findings.exact(bundle);
    Vocabulary.checkAttributes(bundle, findings);
    for (XmlElement child : bundle.children()) {
      switch (child.name()) {
        case "service_bundle" -> bundle(child, type);
        case "service" ->
            new ServiceReading(child, purpose, findings, isThere, ports)
                .read()
                .ifPresent(services::add);
        default -> Vocabulary.unknown(child, bundle, findings);
      }
    }
  }
}
