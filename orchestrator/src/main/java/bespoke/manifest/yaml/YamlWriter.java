package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import java.util.List;
import java.util.Optional;

/// Writes a service description as a person would: short forms, defaults left out.
///
/// Reading the text gives the same description, but for origins, and except for what belongs to
/// others: dependencies that another service's `dependents` made here are left out (smf.md 9.4).
public final class YamlWriter {

  private YamlWriter() {}

  /// A profile: several documents in which `enabled` is always said.
  public static String writeProfile(List<ServiceDescription> services) {
    return String.join(
        "---\n",
        services.stream()
            .map(service -> YamlPrinter.print(document(service, Style.PROFILE)))
            .toList());
  }

  /// What is left out.
  private enum Style {
    MANIFEST,
    PROFILE
  }

  /// One document, without `---`.
  public static String write(ServiceDescription service) {
    return YamlPrinter.print(document(service, Style.MANIFEST));
  }

  /// Several documents of one file.
  public static String write(List<ServiceDescription> services) {
    return String.join("---\n", services.stream().map(YamlWriter::write).toList());
  }

  private static Mapping document(ServiceDescription service, Style style) {
    NodeBuilder level = new NodeBuilder().put("service", Scalar.text(service.fmri().service()));
    boolean simple = isSimple(service.instances());
    Optional<Boolean> enabled =
        simple
            ? service.instances().getFirst().enabled().filter(on -> on || style == Style.PROFILE)
            : Optional.empty();
    new LevelForm(service.groups(), ServiceShapes.SERVICE)
        .addTo(level, enabled, service.dependents());
    if (!simple) {
      level.put("instances", instances(service.instances()));
    }
    return level.build();
  }

  /// Whether there is only a default instance that adds nothing.
  private static boolean isSimple(List<InstanceDescription> instances) {
    return instances.size() == 1
        && instances.getFirst().name().equals(InstanceFmri.DEFAULT_INSTANCE)
        && instances.getFirst().groups().byName().isEmpty()
        && instances.getFirst().dependents().isEmpty();
  }

  private static Mapping instances(List<InstanceDescription> instances) {
    NodeBuilder named = new NodeBuilder();
    for (InstanceDescription instance : instances) {
      NodeBuilder level = new NodeBuilder();
      Optional<Boolean> enabled = Optional.of(instance.enabled().orElse(false));
      new LevelForm(instance.groups(), ServiceShapes.INSTANCE)
          .addTo(level, enabled, instance.dependents());
      named.put(instance.name(), level.build());
    }
    return named.build();
  }
}
