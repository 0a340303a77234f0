package bespoke.cli.render;

import bespoke.api.EdgeRecord;
import bespoke.api.VertexRecord;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.BaseExporter;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.GraphExporter;
import org.jgrapht.nio.dot.DOTExporter;
import org.jgrapht.nio.gexf.GEXFAttributeType;
import org.jgrapht.nio.gexf.GEXFExporter;
import org.jgrapht.nio.graphml.GraphMLExporter;
import org.jspecify.annotations.Nullable;

/// The formats of `svcgraph export`. Edges lead from the dependent to what it depends on.
public enum GraphFormat {
  /// Graphviz.
  DOT,
  /// GraphML, an XML format of yEd and others.
  GRAPHML,
  /// GEXF 1.2, an XML format of Gephi.
  GEXF,
  /// The records of the protocol.
  JSON,
  /// Mermaid flowchart, as code forges draw it.
  MERMAID,
  /// A picture.
  SVG;

  /// The format of that name, or null.
  public static @Nullable GraphFormat named(String name) {
    for (GraphFormat format : values()) {
      if (format.toString().equals(name)) {
        return format;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The graph as text.
  ///
  /// @param states whether states are shown
  public String write(Drawing drawing, boolean states) {
    return switch (this) {
      case DOT -> dot(drawing, states);
      case GRAPHML -> graphml(drawing, states);
      case GEXF -> gexf(drawing, states);
      case JSON -> drawing.json();
      case MERMAID -> Mermaid.write(drawing, states);
      case SVG -> Svg.write(drawing, states);
    };
  }

  private static String dot(Drawing drawing, boolean states) {
    DOTExporter<String, EdgeRecord> exporter = new DOTExporter<>(ids(drawing));
    exporter.setGraphIdProvider(() -> "services");
    exporter.setGraphAttributeProvider(() -> Map.of("rankdir", text("LR")));
    Map<String, VertexRecord> vertices = drawing.byFmri();
    exporter.setVertexAttributeProvider(fmri -> {
      Map<String, Attribute> attributes = attributes(drawing.vertex(fmri, vertices), states);
      attributes.put("shape", text("box"));
      attributes.put("style", text("rounded,filled"));
      attributes.put("fillcolor", text(states ? colour(fmri, vertices) : "#f4f4f5"));
      return attributes;
    });
    exporter.setEdgeAttributeProvider(edge -> {
      Map<String, Attribute> attributes = attributes(edge);
      attributes.put("style", text(EdgeStyle.of(edge.grouping()).dotStyle()));
      attributes.put("color", text(EdgeStyle.of(edge.grouping()).colour()));
      return attributes;
    });
    return export(exporter, drawing);
  }

  private static String colour(String fmri, Map<String, VertexRecord> vertices) {
    VertexRecord vertex = vertices.get(fmri);
    return StateColour.of(vertex == null ? "absent" : vertex.state()).fill();
  }

  private static String graphml(Drawing drawing, boolean states) {
    GraphMLExporter<String, EdgeRecord> exporter = new GraphMLExporter<>(ids(drawing));
    for (String name : vertexAttributes(states)) {
      exporter.registerAttribute(
          name, GraphMLExporter.AttributeCategory.NODE, AttributeType.STRING);
    }
    for (String name : EDGE_ATTRIBUTES) {
      exporter.registerAttribute(
          name, GraphMLExporter.AttributeCategory.EDGE, AttributeType.STRING);
    }
    provide(exporter, drawing, states);
    return export(exporter, drawing);
  }

  private static String gexf(Drawing drawing, boolean states) {
    GEXFExporter<String, EdgeRecord> exporter = new GEXFExporter<>();
    exporter.setVertexIdProvider(ids(drawing));
    exporter.setEdgeIdProvider(edgeIds(drawing));
    exporter.setCreator("bespoke");
    for (String name : vertexAttributes(states)) {
      if (!name.equals("label")) {
        exporter.registerAttribute(
            name, GEXFExporter.AttributeCategory.NODE, GEXFAttributeType.STRING);
      }
    }
    for (String name : EDGE_ATTRIBUTES) {
      exporter.registerAttribute(
          name, GEXFExporter.AttributeCategory.EDGE, GEXFAttributeType.STRING);
    }
    provide(exporter, drawing, states);
    return export(exporter, drawing);
  }

  private static void provide(
      BaseExporter<String, EdgeRecord> exporter, Drawing drawing, boolean states) {
    Map<String, VertexRecord> vertices = drawing.byFmri();
    exporter.setVertexAttributeProvider(fmri -> attributes(drawing.vertex(fmri, vertices), states));
    exporter.setEdgeAttributeProvider(GraphFormat::attributes);
  }

  private static final List<String> EDGE_ATTRIBUTES =
      List.of("dependency", "grouping", "restart_on", "origin");

  private static List<String> vertexAttributes(boolean states) {
    return states
        ? List.of("label", "fmri", "type", "name", "state", "next", "enabled")
        : List.of("label", "fmri", "type", "name");
  }

  private static Map<String, Attribute> attributes(VertexRecord vertex, boolean states) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    String state = vertex.state() + (vertex.next().isEmpty() ? "" : "*");
    String brief = FmriText.brief(vertex.fmri());
    attributes.put("label", text(states ? brief + " (" + state + ")" : brief));
    attributes.put("fmri", text(vertex.fmri()));
    attributes.put("type", text(vertex.type()));
    attributes.put("name", text(vertex.commonName()));
    if (states) {
      attributes.put("state", text(vertex.state()));
      attributes.put("next", text(vertex.next()));
      attributes.put("enabled", text(String.valueOf(vertex.enabled())));
    }
    return attributes;
  }

  private static Map<String, Attribute> attributes(EdgeRecord edge) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("dependency", text(edge.dependency()));
    attributes.put("grouping", text(edge.grouping()));
    attributes.put("restart_on", text(edge.restartOn()));
    attributes.put("origin", text(edge.origin()));
    return attributes;
  }

  private static Attribute text(String value) {
    return DefaultAttribute.createAttribute(value);
  }

  private static String export(GraphExporter<String, EdgeRecord> exporter, Drawing drawing) {
    Graph<String, EdgeRecord> graph = new DirectedPseudograph<>(EdgeRecord.class);
    for (VertexRecord vertex : drawing.vertices()) {
      graph.addVertex(vertex.fmri());
    }
    for (EdgeRecord edge : drawing.edges()) {
      graph.addEdge(edge.from(), edge.to(), edge);
    }
    StringWriter out = new StringWriter();
    exporter.exportGraph(graph, out);
    String text = out.toString();
    return text.endsWith("\n") ? text : text + "\n";
  }

  private static Function<String, String> ids(Drawing drawing) {
    Map<String, String> ids = new HashMap<>();
    for (VertexRecord vertex : drawing.vertices()) {
      ids.put(vertex.fmri(), "n" + ids.size());
    }
    return fmri -> ids.getOrDefault(fmri, fmri);
  }

  private static Function<EdgeRecord, String> edgeIds(Drawing drawing) {
    Map<EdgeRecord, String> ids = new HashMap<>();
    for (EdgeRecord edge : drawing.edges()) {
      ids.putIfAbsent(edge, "e" + ids.size());
    }
    return edge -> ids.getOrDefault(edge, "e");
  }
}
