package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `extends` of a service of the same file: what the service says itself wins; lists are joined,
/// mappings merged, commands replaced.
final class Extends {
  private static final int DEPTH_MAX = 20;

  private final Reading reading;
  private final Map<String, Node.Fields> services;

  Extends(Reading reading, Map<String, Node.Fields> services) {
    this.reading = reading;
    this.services = Map.copyOf(services);
  }

  Node.Fields resolved(String name, Node.Fields service) {
    return resolved(name, service, 0);
  }

  private Node.Fields resolved(String name, Node.Fields service, int depth) {
    Node said = service.value("extends");
    if (said == null) {
      return service;
    }
    Origin.File at = service.place("extends");
    Optional<String> base =
        said instanceof Node.Fields fields
            ? reading.text(fields.value("service"))
            : reading.text(said);
    boolean otherFile = said instanceof Node.Fields fields && fields.value("file") != null;
    Node.Fields found = base.map(services::get).orElse(null);
    if (otherFile || found == null || depth > DEPTH_MAX) {
      reading
          .report()
          .problem(
              at,
              depth > DEPTH_MAX
                  ? "cannot follow extends more than " + DEPTH_MAX + " times"
                  : "cannot extend "
                      + base.map(text -> "\"" + text + "\"").orElse("nothing")
                      + (otherFile ? " of another file" : ""),
              "a service of the same file can be extended");
      return service;
    }
    reading.report().note(Fidelity.EXACT, at, "extends", name + " extends " + base.orElse(""));
    return merged(resolved(base.orElse(""), found, depth + 1), service);
  }

  private static Node.Fields merged(Node.Fields base, Node.Fields own) {
    Map<String, Node> map = new LinkedHashMap<>(base.map());
    Map<String, Origin.File> keys = new LinkedHashMap<>(base.keys());
    map.remove("depends_on"); // as compose, which leaves out what is about other services
    map.remove("extends");
    own.map()
        .forEach((key, value) -> {
          map.merge(key, value, (old, fresh) -> both(key, old, fresh));
          keys.put(key, own.place(key));
        });
    return new Node.Fields(map, keys, own.at());
  }

  private static Node both(String key, Node old, Node fresh) {
    if (old instanceof Node.Fields first && fresh instanceof Node.Fields second) {
      return merged(first, second);
    }
    boolean replaces = key.equals("command") || key.equals("entrypoint") || key.equals("test");
    if (!replaces
        && old instanceof Node.Items(List<Node> first, Origin.File _)
        && fresh instanceof Node.Items(List<Node> second, Origin.File at)) {
      List<Node> joined = new ArrayList<>(first);
      joined.addAll(second);
      return new Node.Items(joined, at);
    }
    return fresh;
  }
}
