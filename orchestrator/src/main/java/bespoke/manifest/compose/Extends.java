package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.model.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `extends` of a service of the same file or of another one: what the service says itself wins.
final class Extends {
  private static final int DEPTH_MAX = 20;

  private final Reading reading;
  private final ProjectFiles files;

  Extends(Reading reading, ProjectFiles files) {
    this.reading = reading;
    this.files = files;
  }

  /// The service with all that it extends.
  ///
  /// @param services of the file that it stands in
  Node.Fields resolved(String name, Node.Fields service, Map<String, Node.Fields> services) {
    return resolved(name, service, services, 0);
  }

  private Node.Fields resolved(
      String name, Node.Fields service, Map<String, Node.Fields> services, int depth) {
    Node said = service.value("extends");
    if (said == null) {
      return service;
    }
    Origin.File at = service.place("extends");
    Optional<String> base =
        said instanceof Node.Fields fields
            ? reading.text(fields.value("service"))
            : reading.text(said);
    Optional<String> file =
        said instanceof Node.Fields fields ? reading.text(fields.value("file")) : Optional.empty();
    Map<String, Node.Fields> from = file.isPresent() ? files.services(file.get(), at) : services;
    Node.Fields found = base.map(from::get).orElse(null);
    if (found == null || depth > DEPTH_MAX) {
      reading
          .report()
          .problem(
              at,
              depth > DEPTH_MAX
                  ? "cannot follow extends more than " + DEPTH_MAX + " times"
                  : "cannot extend "
                      + base.map(text -> "\"" + text + "\"").orElse("nothing")
                      + file.map(text -> " of \"" + text + "\"").orElse(""),
              file.isPresent()
                  ? "the file has to lie in the directory of the compose file or below"
                  : "a service of the same file can be extended, or of the file that file: names");
      return service;
    }
    reading.report().note(Fidelity.EXACT, at, "extends", name + " extends " + base.orElse(""));
    Node.Fields whole = resolved(base.orElse(""), found, from, depth + 1);
    Map<String, Node> inherited = new LinkedHashMap<>(whole.map());
    inherited.remove("depends_on"); // as compose, which leaves out what is about other services
    inherited.remove("extends");
    return Merge.of(new Node.Fields(inherited, whole.keys(), whole.at()), service);
  }
}
