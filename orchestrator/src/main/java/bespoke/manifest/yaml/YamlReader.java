package bespoke.manifest.yaml;

import bespoke.manifest.ManifestReading;
import bespoke.manifest.Problems;
import bespoke.manifest.yaml.YamlDocuments.Document;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.definition.Definitions;
import java.util.ArrayList;
import java.util.List;

/// Reads a YAML manifest (DESIGN 7).
public final class YamlReader {

  /// The largest file that is read, in bytes.
  public static final int SIZE_BYTES_MAX = 16 * 1024 * 1024;

  private final Problems problems;
  private final ShapeCheck shapes;
  private final NameCheck names;
  private final ServiceMapping mapping;
  private final Definitions definitions = new Definitions();
  private final List<ServiceDescription> services = new ArrayList<>();

  private YamlReader(String file) {
    this.problems = new Problems(file);
    this.shapes = new ShapeCheck(problems);
    this.names = new NameCheck(problems);
    this.mapping = new ServiceMapping(file);
  }

  /// Reads a file's bytes.
  ///
  /// @param file its name, for messages and origins
  /// @return the services and every problem; never an exception for what the bytes are
  public static ManifestReading read(String file, byte[] bytes) {
    YamlReader reader = new YamlReader(file);
    if (bytes.length > SIZE_BYTES_MAX) {
      reader.problems.add(
          1,
          1,
          "cannot read a manifest of " + bytes.length + " bytes",
          "split it; the limit is " + SIZE_BYTES_MAX);
    } else {
      reader.readAll(bytes);
    }
    return new ManifestReading(reader.services, reader.problems.sorted());
  }

  private void readAll(byte[] bytes) {
    String text = YamlText.decode(bytes, problems);
    if (text == null) {
      return;
    }
    for (Document document : YamlDocuments.read(text, problems)) {
      int before = problems.count();
      shapes.check(document.root(), ServiceShapes.SERVICE, "a service");
      if (document.root() instanceof Mapping service) {
        names.check(service);
        if (document.isClean() && problems.count() == before) {
          add(mapping.service(service));
        }
      }
    }
  }

  /// The last word has the reading that the daemon uses; it sees instances composed.
  private void add(ServiceDescription service) {
    int before = problems.count();
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
    if (problems.count() == before) {
      services.add(service);
    }
  }
}
