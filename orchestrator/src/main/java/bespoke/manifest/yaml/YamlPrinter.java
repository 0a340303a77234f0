package bespoke.manifest.yaml;

import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Kind;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/// Prints nodes as YAML: what is small on one line, the rest in blocks.
final class YamlPrinter {

  /// Longer lines are broken where they can be.
  private static final int WIDTH = 100;

  private final StringBuilder out = new StringBuilder();

  private YamlPrinter() {}

  /// The text of a document.
  static String print(Mapping document) {
    YamlPrinter printer = new YamlPrinter();
    printer.block(document, 0);
    return printer.out.toString();
  }

  private void block(Mapping mapping, int indent) {
    for (Entry entry : mapping.entries()) {
      if (!entry.comment().isEmpty()) {
        margin(indent);
        out.append("# ").append(entry.comment()).append('\n');
      }
      margin(indent);
      out.append(YamlScalars.key(entry.key().text())).append(':');
      value(entry.value(), indent);
    }
  }

  /// What follows a colon, to the end of the line or in the lines below.
  private void value(YamlNode node, int indent) {
    String flow = flow(node);
    int column = out.length() - out.lastIndexOf("\n") - 1;
    boolean fits = column + 1 + flow.length() <= WIDTH && isSmall(node, indent);
    switch (node) {
      case Scalar scalar -> out.append(' ').append(YamlScalars.value(scalar, indent)).append('\n');
      case Mapping mapping when fits || mapping.entries().isEmpty() ->
          out.append(' ').append(flow).append('\n');
      case Sequence sequence when fits || sequence.items().isEmpty() ->
          out.append(' ').append(flow).append('\n');
      case Mapping mapping -> {
        out.append('\n');
        block(mapping, indent + 2);
      }
      case Sequence sequence -> {
        out.append('\n');
        items(sequence, indent + 2);
      }
    }
  }

  private void items(Sequence sequence, int indent) {
    for (YamlNode item : sequence.items()) {
      margin(indent);
      out.append('-');
      if (item instanceof Scalar scalar) {
        out.append(' ').append(YamlScalars.value(scalar, indent)).append('\n');
      } else {
        out.append(' ').append(flow(item)).append('\n');
      }
    }
  }

  /// Whether a person would write it on one line: lists of words, and small mappings that are not
  /// at the top.
  private static boolean isSmall(YamlNode node, int indent) {
    return switch (node) {
      case Scalar _ -> true;
      case Sequence sequence -> sequence.items().stream().allMatch(Scalar.class::isInstance);
      case Mapping mapping ->
          indent > 0
              && mapping.entries().size() <= 4
              && mapping.entries().stream()
                  .noneMatch(entry ->
                      !entry.comment().isEmpty()
                          || entry.value() instanceof Mapping
                          || entry.value() instanceof Scalar scalar
                              && scalar.text().indexOf('\n') >= 0);
    };
  }

  private static String flow(YamlNode node) {
    return switch (node) {
      case Scalar scalar ->
          scalar.kind() == Kind.TEXT ? YamlScalars.flowText(scalar.text()) : scalar.text();
      case Sequence sequence -> {
        List<String> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(flow(item)));
        yield "[" + String.join(", ", items) + "]";
      }
      case Mapping mapping -> {
        List<String> entries = new ArrayList<>();
        mapping
            .entries()
            .forEach(entry ->
                entries.add(YamlScalars.key(entry.key().text()) + ": " + flow(entry.value())));
        yield "{" + String.join(", ", entries) + "}";
      }
    };
  }

  private void margin(int indent) {
    out.append(" ".repeat(indent));
  }
}
