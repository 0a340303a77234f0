package bespoke.cli.render;

import bespoke.api.EdgeDifferenceRecord;
import bespoke.api.EdgeRecord;
import java.util.List;

/// What an edit of dependencies changed, in sentences: one line an edge.
public final class EdgeDifferences {

  private EdgeDifferences() {}

  /// The lines, the entity first; what is gone has a minus, what is new a plus.
  public static String of(EdgeDifferenceRecord difference) {
    if (difference.removed().isEmpty() && difference.added().isEmpty()) {
      return difference.fmri() + ": nothing changes.\n";
    }
    StringBuilder out = new StringBuilder(difference.fmri()).append('\n');
    lines("  - ", difference.removed(), out);
    lines("  + ", difference.added(), out);
    return out.toString();
  }

  private static void lines(String sign, List<EdgeRecord> edges, StringBuilder out) {
    for (EdgeRecord edge : edges) {
      out.append(sign).append(words(edge)).append("  [").append(edge.dependency()).append(": ");
      out.append(edge.grouping()).append('/').append(edge.restartOn());
      out.append(edge.origin().isEmpty() ? "" : ", " + edge.origin()).append("]\n");
    }
  }

  /// `needs svc:/site/db, and restarts when it fails`.
  static String words(EdgeRecord edge) {
    String verb =
        switch (edge.grouping()) {
          case "require_all" -> "needs ";
          case "require_any" -> "needs one, such as ";
          case "optional_all" -> "comes after, if it is enabled, ";
          case "exclude_all" -> "cannot run together with ";
          default -> edge.grouping() + " ";
        };
    String restart =
        switch (edge.restartOn()) {
          case "error" -> ", and restarts when it fails";
          case "restart" -> ", and restarts when it stops for any reason";
          case "refresh" -> ", and restarts when it stops or is refreshed";
          default -> "";
        };
    return verb + edge.to() + restart;
  }
}
