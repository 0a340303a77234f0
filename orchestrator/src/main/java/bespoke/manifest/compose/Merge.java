package bespoke.manifest.compose;

import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts one description over another, as compose does with override files and `extends`: what is
/// said later wins, mappings are merged, lists joined, commands replaced; `!override` replaces
/// whatever it stands over, `!reset` takes it away.
final class Merge {

  /// Never joined.
  private static final Set<String> WHOLE = Set.of("command", "entrypoint", "test");

  /// Lists of `NAME=value`, or of names, that may be written as mappings, too.
  private static final Set<String> NAMED =
      Set.of(
          "environment",
          "labels",
          "annotations",
          "extra_hosts",
          "sysctls",
          "args",
          "depends_on",
          "networks");

  private Merge() {}

  static Node.Fields of(Node.Fields base, Node.Fields over) {
    Map<String, Node> map = new LinkedHashMap<>(base.map());
    Map<String, Origin.File> keys = new LinkedHashMap<>(base.keys());
    over.map()
        .forEach((key, value) -> {
          if (value instanceof Node.Items items && items.replaces() && items.list().isEmpty()) {
            map.remove(key);
          } else {
            map.merge(key, value, (old, fresh) -> both(key, old, fresh));
            keys.put(key, over.place(key));
          }
        });
    return new Node.Fields(map, keys, over.at());
  }

  private static Node both(String key, Node old, Node fresh) {
    boolean isMixed = !old.getClass().equals(fresh.getClass()) && NAMED.contains(key);
    Node first = isMixed ? named(old) : old;
    Node second = isMixed ? named(fresh) : fresh;
    return switch (second) {
      case Node.Scalar scalar -> scalar.isNull() ? old : fresh;
      case Node.Fields fields ->
          first instanceof Node.Fields base && !fields.replaces() ? of(base, fields) : second;
      case Node.Items items -> {
        boolean isJoined = first instanceof Node.Items && !items.replaces() && !WHOLE.contains(key);
        List<Node> joined = new ArrayList<>();
        if (isJoined && first instanceof Node.Items base) {
          joined.addAll(base.list());
        }
        joined.addAll(items.list());
        yield new Node.Items(joined, items.at());
      }
    };
  }

  /// A list as the mapping that says the same.
  private static Node named(Node node) {
    if (!(node instanceof Node.Items items) || items.replaces()) {
      return node;
    }
    Map<String, Node> map = new LinkedHashMap<>();
    Map<String, Origin.File> keys = new LinkedHashMap<>();
    for (Node item : items.list()) {
      if (item instanceof Node.Scalar(String text, boolean isNull, Origin.File at) && !isNull) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        map.put(name, new Node.Scalar(text.substring(equals + 1), equals < 0, at));
        keys.put(name, at);
      }
    }
    return new Node.Fields(map, keys, items.at());
  }
}
