package bespoke.manifest.yaml;

import bespoke.manifest.Problems;
import bespoke.manifest.yaml.TextParts.Part;
import bespoke.manifest.yaml.YamlDocuments.Document;
import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.definition.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the documents of one part of a file.
final class PartReader {

  /// Groups whose meaning the daemon knows, so that their content matters when they are written in
  /// full.
  private static final Set<String> MEANINGFUL =
      Set.of(
          "start",
          "stop",
          "refresh",
          "monitor",
          "readiness",
          "startd",
          "method_context",
          "resources");

  private final Problems problems;
  private final ShapeCheck shapes;
  private final NameCheck names;
  private final ServiceMapping mapping;
  private final Definitions definitions = new Definitions();
  private final List<ServiceDescription> services = new ArrayList<>();

  private PartReader(String file, Optional<Boolean> unsaid) {
    this.problems = new Problems(file);
    this.shapes = new ShapeCheck(problems);
    this.names = new NameCheck(problems);
    this.mapping = new ServiceMapping(new Source(file), unsaid);
  }

  static PartReader read(String file, Part part, Optional<Boolean> unsaid) {
    PartReader reader = new PartReader(file, unsaid);
    YamlDocuments.read(part.text(), part.linesBefore(), reader.problems, reader::read);
    return reader;
  }

  List<ServiceDescription> services() {
    return services;
  }

  Problems problems() {
    return problems;
  }

  private void read(Document document) {
    int before = problems.count();
    shapes.check(document.root(), ServiceShapes.SERVICE, "a service");
    if (document.root() instanceof Mapping node) {
      names.check(node);
      if (document.isClean() && problems.count() == before) {
        ServiceDescription service = mapping.service(node);
        if (needsComposition(node)) {
          checkComposed(service);
        }
        if (problems.count() == before) {
          services.add(service);
        }
      }
    }
  }

  /// Whether the shapes leave something open: instances that override parts, and groups in full.
  private static boolean needsComposition(Mapping service) {
    if (service.value("instances") != null) {
      return true;
    }
    if (service.value("property_groups") instanceof Mapping groups) {
      for (Entry group : groups.entries()) {
        boolean typed = group.value() instanceof Mapping content && content.value("type") != null;
        if (typed || MEANINGFUL.contains(group.key().text())) {
          return true;
        }
      }
    }
    return false;
  }

  /// The last word has the reading that the daemon uses; it sees instances composed.
  private void checkComposed(ServiceDescription service) {
    for (InstanceDescription instance : service.instances()) {
      InstanceFmri fmri = service.fmri().instance(instance.name());
      InstanceDefinition definition =
          definitions.read(
              fmri, service.groups().overriddenBy(instance.groups()), instance.origin());
      for (String sentence : definition.problems()) {
        if (instance.origin() instanceof Origin.File place) {
          problems.add(place.line(), place.column(), "cannot use " + fmri, sentence);
        }
      }
    }
  }
}
