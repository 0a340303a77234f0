package bespoke.cli.render;

import bespoke.api.EdgeRecord;
import bespoke.api.VertexRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A Mermaid flowchart.
final class Mermaid {

  private static final List<String> STATES =
      List.of(
          "online", "degraded", "offline", "maintenance", "disabled", "uninitialized", "absent");

  private Mermaid() {}

  static String write(Drawing drawing, boolean states) {
    StringBuilder out = new StringBuilder("flowchart LR\n");
    Map<String, String> ids = new HashMap<>();
    for (VertexRecord vertex : drawing.vertices()) {
      String id = "n" + ids.size();
      ids.put(vertex.fmri(), id);
      out.append("  ").append(id).append("[\"").append(label(vertex, states)).append("\"]");
      out.append(states && STATES.contains(vertex.state()) ? ":::" + vertex.state() : "");
      out.append('\n');
    }
    for (EdgeRecord edge : drawing.edges()) {
      out.append("  ").append(ids.get(edge.from())).append(' ');
      out.append(EdgeStyle.of(edge.grouping()).arrow()).append(' ');
      out.append(ids.get(edge.to())).append('\n');
    }
    if (states) {
      for (String state : STATES) {
        StateColour colour = StateColour.of(state);
        out.append("  classDef ").append(state).append(" fill:").append(colour.fill());
        out.append(",stroke:").append(colour.line()).append(",color:#18181b\n");
      }
    }
    return out.toString();
  }

  private static String label(VertexRecord vertex, boolean states) {
    String name = FmriText.brief(vertex.fmri()).replace("&", "#amp;").replace("\"", "#quot;");
    String mark = vertex.next().isEmpty() ? "" : "*";
    return states ? name + "<br/>" + vertex.state() + mark : name;
  }
}
