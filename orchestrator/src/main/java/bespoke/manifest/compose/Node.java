package bespoke.manifest.compose;

import bespoke.model.Origin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of a compose file with its place.
sealed interface Node {
  Origin.File at();

  /// A text, number or flag, as it is written; nothing is the empty text.
  ///
  /// @param isNull whether nothing stands there
  record Scalar(String text, boolean isNull, Origin.File at) implements Node {}

  /// A list.
  ///
  /// @param replaces whether it stands in the place of what it is merged with (`!override`,
  ///   `!reset`)
  record Items(List<Node> list, Origin.File at, boolean replaces) implements Node {
    public Items {
      list = List.copyOf(list);
    }

    Items(List<Node> list, Origin.File at) {
      this(list, at, false);
    }
  }

  /// A mapping, in the order of the file.
  ///
  /// @param keys where each key stands
  /// @param replaces as of a list
  record Fields(
      Map<String, Node> map, Map<String, Origin.File> keys, Origin.File at, boolean replaces)
      implements Node {
    Fields(Map<String, Node> map, Map<String, Origin.File> keys, Origin.File at) {
      this(map, keys, at, false);
    }

    public Fields {
      map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
      keys = Map.copyOf(keys);
    }

    @Nullable Node value(String key) {
      return map.get(key);
    }

    Origin.File place(String key) {
      return keys.getOrDefault(key, at);
    }
  }
}
