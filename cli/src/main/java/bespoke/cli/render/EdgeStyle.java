package bespoke.cli.render;

/// How the edges of a grouping are drawn.
///
/// @param dotStyle the word of Graphviz
/// @param dashes of SVG's `stroke-dasharray`, or empty
/// @param colour of the line
/// @param arrow of Mermaid
record EdgeStyle(String dotStyle, String dashes, String colour, String arrow) {

  static EdgeStyle of(String grouping) {
    return switch (grouping) {
      case "require_any" -> new EdgeStyle("dashed", "7 3", "#2563eb", "-.->|any|");
      case "optional_all" -> new EdgeStyle("dotted", "2 4", "#71717a", "-.->|optional|");
      case "exclude_all" -> new EdgeStyle("bold", "10 3 2 3", "#dc2626", "--x|excludes|");
      case "instance" -> new EdgeStyle("solid", "", "#a1a1aa", "---");
      default -> new EdgeStyle("solid", "", "#3f3f46", "-->");
    };
  }
}
