package bespoke.manifest.yaml;

import bespoke.model.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file that nodes come from; keeps equal names, values and places of it once, because a file
/// of 10,000 services says the same few words again and again.
final class Source {

  /// Afterwards nothing more is shared.
  private static final int SHARED_MAX = 50_000;

  private final String file;
  private final Map<Object, Object> shared = new HashMap<>();
  private Origin.@Nullable File last;

  Source(String file) {
    this.file = file;
  }

  /// No file: for descriptions that are being written.
  static Source none() {
    return new Source("");
  }

  /// The place of a node.
  Origin origin(YamlNode node) {
    Origin.File before = last;
    if (before != null && before.line() == node.line() && before.column() == node.column()) {
      return before;
    }
    Origin.File place = new Origin.File(file, node.line(), node.column());
    last = place;
    return place;
  }

  /// The first text equal to this one.
  String share(String text) {
    return (String) one(text);
  }

  /// The first list equal to this one.
  @SuppressWarnings("unchecked") // equal to a list of strings, and put in as one
  List<String> share(List<String> values) {
    return (List<String>) one(List.copyOf(values));
  }

  private Object one(Object value) {
    Object first = shared.get(value);
    if (first != null) {
      return first;
    }
    if (shared.size() < SHARED_MAX) {
      shared.put(value, value);
    }
    return value;
  }
}
