package bespoke.manifest.compose;

import java.util.LinkedHashMap;
import java.util.Map;

/// Replaces the variables of a whole tree, for good: a dollar that is left stands for itself.
///
/// @param interpolation knows the variables
/// @param report of what has no value
record Replacing(Interpolation interpolation, Report report) {

  Node all(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> {
        String text = new Reading(report, interpolation).text(scalar).orElse("");
        yield new Node.Scalar(text.replace("$", "$$"), scalar.isNull(), scalar.at());
      }
      case Node.Items items ->
          new Node.Items(items.list().stream().map(this::all).toList(), items.at());
      case Node.Fields fields -> {
        Map<String, Node> map = new LinkedHashMap<>();
        fields.map().forEach((key, value) -> map.put(key, all(value)));
        yield new Node.Fields(map, fields.keys(), fields.at());
      }
    };
  }
}
