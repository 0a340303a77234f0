package bespoke.manifest.compose;

import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The names of a project's services: `svc:/PROJECT/NAME`, one instance `default`, or `1` to `N`
/// for several replicas.
///
/// @param name of the project, as a component of an FMRI
record Project(String name) {

  /// The project of a file: its `name:`, else its directory's name.
  static Project of(String said, String file) {
    if (!said.isEmpty()) {
      return new Project(component(said));
    }
    try {
      Path parent = Path.of(file).toAbsolutePath().normalize().getParent();
      Path last = parent == null ? null : parent.getFileName();
      return new Project(component(last == null ? "compose" : last.toString()));
    } catch (InvalidPathException e) {
      return new Project("compose");
    }
  }

  private static String component(String text) {
    String clean = text.replaceAll("[^A-Za-z0-9_-]", "_");
    String named = clean.matches("[A-Za-z].*") ? clean : "p" + clean;
    return named.substring(0, Math.min(60, named.length()));
  }

  ServiceFmri service(String composeName) {
    return new ServiceFmri(name + "/" + component(composeName));
  }

  List<InstanceFmri> instances(String composeName, int replicas) {
    ServiceFmri service = service(composeName);
    if (replicas == 1) {
      return List.of(service.instance(InstanceFmri.DEFAULT_INSTANCE));
    }
    List<InstanceFmri> all = new ArrayList<>();
    for (int i = 1; i <= replicas; i++) {
      all.add(service.instance(Integer.toString(i)));
    }
    return all;
  }
}
