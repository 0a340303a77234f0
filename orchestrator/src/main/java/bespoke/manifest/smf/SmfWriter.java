package bespoke.manifest.smf;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes descriptions as SMF's XML, valid by the DTD.
///
/// Reading the text gives the same descriptions, but for origins, and except for what belongs to
/// others: dependencies that another service's `<dependent>` made here are left out (smf.md 9.4).
public final class SmfWriter {

  private SmfWriter() {}

  /// A bundle of the type `manifest`, or `archive` when it holds several services.
  public static String write(List<ServiceDescription> services) {
    return bundle(services.size() == 1 ? "manifest" : "archive", "export", services);
  }

  /// A bundle of the type `profile`.
  public static String writeProfile(List<ServiceDescription> services) {
    return bundle("profile", "extract", services);
  }

  /// Why XML cannot hold the descriptions, or empty: it has no way to write control characters.
  public static Optional<String> fault(List<ServiceDescription> services) {
    for (ServiceDescription service : services) {
      Stream<PropertyGroup> groups =
          Stream.concat(
              service.groups().byName().values().stream(),
              service.instances().stream()
                  .flatMap(instance -> instance.groups().byName().values().stream()));
      for (PropertyGroup group : groups.toList()) {
        for (Property property : group.properties().values()) {
          if (!property.values().stream().allMatch(XmlPrinter::canWrite)) {
            return Optional.of(
                "cannot write "
                    + service.fmri()
                    + " "
                    + group.name()
                    + "/"
                    + property.name()
                    + " as XML: it holds a control character; use --format yaml");
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String bundle(String type, String name, List<ServiceDescription> services) {
    ElementBuilder bundle =
        new ElementBuilder("service_bundle").with("type", type).with("name", name);
    boolean plain = type.equals("profile");
    services.forEach(service -> bundle.add(service(service, plain)));
    return XmlPrinter.document(bundle.build());
  }

  /// @param plain whether every group is written in full, as profiles are
  private static XmlElement service(ServiceDescription service, boolean plain) {
    ElementBuilder element =
        new ElementBuilder("service")
            .with("name", service.fmri().service())
            .with("version", "1")
            .with("type", "service");
    LevelElements level =
        new LevelElements(service.fmri(), service.groups(), service.dependents(), true, plain);
    boolean simple = !plain && service.instances().stream().anyMatch(SmfWriter::isBare);
    for (InstanceDescription instance : service.instances()) {
      if (simple && isBare(instance)) {
        element.add(
            new ElementBuilder("create_default_instance")
                .with("enabled", enabled(instance))
                .build());
      }
    }
    element.addAll(level.first());
    for (InstanceDescription instance : service.instances()) {
      if (!simple || !isBare(instance)) {
        element.add(instance(service.fmri().instance(instance.name()), instance, plain));
      }
    }
    return element.addAll(level.last()).build();
  }

  /// Whether an instance is only there and adds nothing.
  private static boolean isBare(InstanceDescription instance) {
    return instance.name().equals(InstanceFmri.DEFAULT_INSTANCE)
        && instance.groups().byName().isEmpty()
        && instance.dependents().isEmpty();
  }

  private static XmlElement instance(Fmri fmri, InstanceDescription instance, boolean plain) {
    PropertyGroups groups = instance.groups();
    LevelElements level = new LevelElements(fmri, groups, instance.dependents(), false, plain);
    return new ElementBuilder("instance")
        .with("name", instance.name())
        .with("enabled", enabled(instance))
        .addAll(level.first())
        .addAll(level.last())
        .build();
  }

  private static String enabled(InstanceDescription instance) {
    return instance.enabled().orElse(false).toString();
  }
}
