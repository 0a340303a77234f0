package bespoke.cli.render;

import bespoke.api.EdgeRecord;
import bespoke.api.VertexRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A picture of the graph, readable without any other file.
final class Svg {

  private static final int LAYER_HEIGHT = 96;
  private static final int BOX_HEIGHT = 40;
  private static final int MARGIN = 32;
  private static final double LETTER_WIDTH = 7.3;
  private static final List<String> GROUPINGS =
      List.of("require_all", "require_any", "optional_all", "exclude_all");

  private final boolean states;
  private final LayeredLayout layout;
  private final StringBuilder out = new StringBuilder();

  private Svg(Drawing drawing, boolean states) {
    this.states = states;
    Map<String, Double> widths = new HashMap<>();
    for (VertexRecord vertex : drawing.vertices()) {
      widths.put(vertex.fmri(), 24 + LETTER_WIDTH * FmriText.brief(vertex.fmri()).length());
    }
    this.layout = new LayeredLayout(drawing, widths);
  }

  static String write(Drawing drawing, boolean states) {
    Svg svg = new Svg(drawing, states);
    svg.begin();
    for (EdgeRecord edge : drawing.edges()) {
      svg.edge(edge);
    }
    for (VertexRecord vertex : drawing.vertices()) {
      svg.box(vertex);
    }
    svg.legend();
    return svg.out.append("</svg>\n").toString();
  }

  private int height() {
    return Math.max(1, layout.depth()) * LAYER_HEIGHT + MARGIN + 24;
  }

  private void begin() {
    long width = Math.max(560, Math.round(layout.width()) + 2L * MARGIN);
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
    out.append("\" height=\"").append(height()).append("\" viewBox=\"0 0 ").append(width);
    out.append(' ').append(height()).append("\" font-family=\"system-ui, sans-serif\"");
    out.append(" font-size=\"12\">\n<title>service dependencies</title>\n<defs>\n");
    for (String grouping : GROUPINGS) {
      out.append("<marker id=\"").append(grouping).append("\" viewBox=\"0 0 10 10\" refX=\"9\"");
      out.append(" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\">");
      out.append("<path d=\"").append(arrow(grouping)).append("\" fill=\"");
      out.append(EdgeStyle.of(grouping).colour()).append("\"/></marker>\n");
    }
    out.append("</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  private static String arrow(String grouping) {
    return grouping.equals("exclude_all") ? "M 6 0 L 9 0 L 9 10 L 6 10 z" : "M 0 1 L 10 5 L 0 9 z";
  }

  private void edge(EdgeRecord edge) {
    List<LayeredLayout.Node> route = layout.route(edge);
    if (route.isEmpty()) {
      return;
    }
    EdgeStyle style = EdgeStyle.of(edge.grouping());
    out.append("<path fill=\"none\" stroke=\"").append(style.colour());
    out.append("\" stroke-width=\"1.4\"");
    if (!style.dashes().isEmpty()) {
      out.append(" stroke-dasharray=\"").append(style.dashes()).append('"');
    }
    String marker = GROUPINGS.contains(edge.grouping()) ? edge.grouping() : "require_all";
    out.append(" marker-end=\"url(#").append(marker).append(")\" d=\"");
    curve(route);
    out.append("\"><title>").append(escaped(tooltip(edge))).append("</title></path>\n");
  }

  private static String tooltip(EdgeRecord edge) {
    return edge.from()
        + " -> "
        + edge.to()
        + ": "
        + edge.dependency()
        + " ("
        + edge.grouping()
        + "/"
        + edge.restartOn()
        + ")";
  }

  private void curve(List<LayeredLayout.Node> route) {
    LayeredLayout.Node first = route.getFirst();
    LayeredLayout.Node last = route.getLast();
    if (first.layer == last.layer) {
      sideways(first, last);
      return;
    }
    boolean down = first.layer < last.layer;
    double y = top(first) + (down ? BOX_HEIGHT : 0);
    double x = MARGIN + first.centre;
    point("M", x, y);
    for (int i = 1; i < route.size(); i++) {
      LayeredLayout.Node node = route.get(i);
      boolean end = i + 1 == route.size();
      double nextX = MARGIN + node.centre;
      double nextY = end ? top(node) + (down ? 0 : BOX_HEIGHT) : top(node) + BOX_HEIGHT / 2.0;
      double middle = (y + nextY) / 2;
      point(" C", x, middle);
      point(",", nextX, middle);
      point(",", nextX, nextY);
      x = nextX;
      y = nextY;
    }
  }

  /// An arc above two vertices of one layer, or a loop at one.
  private void sideways(LayeredLayout.Node from, LayeredLayout.Node to) {
    double shift = from.equals(to) ? 14 : 0;
    double y = top(from);
    point("M", MARGIN + from.centre - shift, y);
    point(" C", MARGIN + from.centre - shift, y - 34);
    point(",", MARGIN + to.centre + shift, y - 34);
    point(",", MARGIN + to.centre + shift, y);
  }

  private static double top(LayeredLayout.Node node) {
    return MARGIN + (double) node.layer * LAYER_HEIGHT;
  }

  private void point(String command, double x, double y) {
    out.append(command).append(' ').append(Math.round(x)).append(' ').append(Math.round(y));
  }

  private void box(VertexRecord vertex) {
    LayeredLayout.Node node = layout.node(vertex.fmri());
    StateColour colour = StateColour.of(states ? vertex.state() : "");
    boolean file = vertex.type().equals("file");
    out.append("<g><title>").append(escaped(vertex.fmri()));
    out.append(vertex.commonName().isEmpty() ? "" : ": " + escaped(vertex.commonName()));
    out.append("</title><rect x=\"").append(Math.round(MARGIN + node.centre - node.width / 2));
    out.append("\" y=\"").append(Math.round(top(node))).append("\" width=\"");
    out.append(Math.round(node.width)).append("\" height=\"").append(BOX_HEIGHT);
    out.append("\" rx=\"").append(file ? 0 : 8).append("\" fill=\"").append(colour.fill());
    out.append("\" stroke=\"").append(colour.line()).append("\"/>");
    double middle = MARGIN + node.centre;
    label(middle, top(node) + (states ? 17 : 24), FmriText.brief(vertex.fmri()), "#18181b");
    if (states) {
      String mark = vertex.next().isEmpty() ? "" : "*";
      label(middle, top(node) + 32, vertex.state() + mark, colour.line());
    }
    out.append("</g>\n");
  }

  private void label(double x, double y, String text, String colour) {
    out.append("<text text-anchor=\"middle\" x=\"").append(Math.round(x)).append("\" y=\"");
    out.append(Math.round(y)).append("\" fill=\"").append(colour).append("\">");
    out.append(escaped(text)).append("</text>");
  }

  private void legend() {
    int y = height() - 18;
    int x = MARGIN;
    for (String grouping : GROUPINGS) {
      EdgeStyle style = EdgeStyle.of(grouping);
      out.append("<path fill=\"none\" stroke=\"").append(style.colour()).append("\"");
      if (!style.dashes().isEmpty()) {
        out.append(" stroke-dasharray=\"").append(style.dashes()).append('"');
      }
      out.append(" marker-end=\"url(#").append(grouping).append(")\" d=\"M ").append(x);
      out.append(' ').append(y).append(" h 34\"/><text x=\"").append(x + 40).append("\" y=\"");
      out.append(y + 4).append("\" fill=\"#3f3f46\">").append(grouping).append("</text>\n");
      x += 130;
    }
  }

  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(c < 0x20 ? ' ' : c);
      }
    }
    return out.toString();
  }
}
