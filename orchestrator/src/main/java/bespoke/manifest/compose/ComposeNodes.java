package bespoke.manifest.compose;

import bespoke.manifest.Problems;
import bespoke.manifest.yaml.WholeCharacters;
import bespoke.manifest.yaml.YamlText;
import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads YAML into nodes. Aliases are followed and `<<` merges, as people use them in compose
/// files, but never into more than [#NODES_MAX] nodes or [#DEPTH_MAX] levels, whatever they
/// multiply.
final class ComposeNodes {
  static final int SIZE_BYTES_MAX = 4 << 20;
  static final int NODES_MAX = 100_000;
  static final int DEPTH_MAX = 50;

  private final String file;
  private final Problems problems;
  private final Set<org.snakeyaml.engine.v2.nodes.Node> open =
      Collections.newSetFromMap(new IdentityHashMap<>());
  private int count;
  private boolean isTooLarge;

  private ComposeNodes(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /// Reads a file.
  ///
  /// @return nothing when it is no mapping; the problems say so
  static Optional<Node.Fields> read(String file, byte[] bytes, Problems problems) {
    ComposeNodes reading = new ComposeNodes(file, problems);
    if (bytes.length > SIZE_BYTES_MAX) {
      problems.add(1, 1, "cannot read more than " + SIZE_BYTES_MAX + " bytes", "split the file");
      return Optional.empty();
    }
    String text = YamlText.decode(bytes, problems);
    if (text == null) {
      return Optional.empty();
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(SIZE_BYTES_MAX)
            .setMaxAliasesForCollections(1000)
            .setAllowRecursiveKeys(false)
            .setUseMarks(true)
            .build();
    try {
      Optional<org.snakeyaml.engine.v2.nodes.Node> root =
          new Compose(settings).composeReader(new WholeCharacters(text));
      if (root.isPresent()
          && reading.node(root.get(), 0) instanceof Node.Fields fields
          && !reading.isTooLarge) {
        return Optional.of(fields);
      }
      if (!reading.isTooLarge) {
        problems.add(1, 1, "cannot find services: a compose file is a mapping", "");
      }
    } catch (MarkedYamlEngineException e) {
      problems.add(
          e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
          e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1),
          "cannot read it as YAML: " + e.getProblem(),
          "");
    } catch (YamlEngineException | StackOverflowError e) {
      problems.add(
          1,
          1,
          "cannot read it as YAML: "
              + (e instanceof StackOverflowError ? "it is nested too deeply" : e.getMessage()),
          "");
    }
    return Optional.empty();
  }

  private Origin.File at(org.snakeyaml.engine.v2.nodes.Node node) {
    return node.getStartMark()
        .map(mark -> new Origin.File(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(() -> new Origin.File(file, 1, 1));
  }

  private Node node(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
    Origin.File at = at(node);
    if (++count > NODES_MAX || depth > DEPTH_MAX || open.contains(node)) {
      if (!isTooLarge) {
        isTooLarge = true;
        problems.add(
            at.line(),
            at.column(),
            open.contains(node)
                ? "cannot follow an alias into itself"
                : "cannot follow more than " + NODES_MAX + " values or " + DEPTH_MAX + " levels",
            "write out what the aliases repeat");
      }
      return new Node.Scalar("", true, at);
    }
    if (isTooLarge) {
      return new Node.Scalar("", true, at);
    }
    String tag = node.getTag().getValue();
    if (tag.equals("!reset")) {
      return new Node.Items(List.of(), at, true);
    }
    boolean replaces = tag.equals("!override");
    open.add(node);
    try {
      return switch (node) {
        case MappingNode mapping -> fields(mapping, at, depth, replaces);
        case SequenceNode sequence -> {
          List<Node> items = new ArrayList<>();
          sequence.getValue().forEach(item -> items.add(node(item, depth + 1)));
          yield new Node.Items(items, at, replaces);
        }
        case ScalarNode scalar ->
            new Node.Scalar(
                scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue(),
                scalar.getTag().equals(Tag.NULL),
                at);
        default -> new Node.Scalar("", true, at);
      };
    } finally {
      open.remove(node);
    }
  }

  private Node.Fields fields(MappingNode mapping, Origin.File at, int depth, boolean replaces) {
    Map<String, Node> map = new LinkedHashMap<>();
    Map<String, Origin.File> keys = new LinkedHashMap<>();
    Map<String, Node> merged = new LinkedHashMap<>();
    Map<String, Origin.File> mergedKeys = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : null;
      Origin.File place = at(tuple.getKeyNode());
      if (key == null) {
        problems.add(place.line(), place.column(), "cannot use a list or mapping as a key", "");
      } else if (key.equals("<<")) {
        merge(node(tuple.getValueNode(), depth + 1), merged, mergedKeys);
      } else if (map.containsKey(key)) {
        problems.add(place.line(), place.column(), "cannot have the key \"" + key + "\" twice", "");
      } else {
        map.put(key, node(tuple.getValueNode(), depth + 1));
        keys.put(key, place);
      }
    }
    merged.forEach(map::putIfAbsent);
    mergedKeys.forEach(keys::putIfAbsent);
    return new Node.Fields(map, keys, at, replaces);
  }

  /// What an earlier one gives is not replaced by a later one.
  private static void merge(
      @Nullable Node what, Map<String, Node> merged, Map<String, Origin.File> keys) {
    switch (what) {
      case Node.Fields fields -> {
        fields.map().forEach(merged::putIfAbsent);
        fields.keys().forEach(keys::putIfAbsent);
      }
      case Node.Items items -> items.list().forEach(item -> merge(item, merged, keys));
      case Node.Scalar _ -> {
        // nothing to merge
      }
      case null -> {}
    }
  }
}
