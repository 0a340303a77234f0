package bespoke.cli;

import bespoke.cli.render.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the columns of `-o`.
final class Columns {

  private Columns() {}

  /// The columns; an unknown one is reported and answered with an empty list.
  static List<Column> parse(String names, Session session) {
    List<Column> columns = new ArrayList<>();
    int start = 0;
    while (start <= names.length()) {
      int comma = names.indexOf(',', start);
      int end = comma < 0 ? names.length() : comma;
      String name = names.substring(start, end).strip();
      Column column = Column.named(name);
      if (column == null) {
        session.error("Unknown column \"" + name + "\"." + suggestion(name));
        return List.of();
      }
      columns.add(column);
      start = end + 1;
    }
    return columns;
  }

  private static String suggestion(String name) {
    String nearest = Nearest.to(name.toUpperCase(Locale.ROOT), Column.names());
    return nearest.isEmpty() ? "" : "  Did you mean " + nearest + "?";
  }
}
