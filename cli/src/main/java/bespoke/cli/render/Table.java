package bespoke.cli.render;

import bespoke.api.InstanceRecord;
import bespoke.api.ProcessRecord;
import bespoke.api.listing.Times;
import java.util.List;

/// The table of `svcs`: columns padded to their width, no blanks at the end of a line.
public final class Table {

  private final List<Column> columns;
  private final Times times;
  private final Style style;
  private final boolean star;

  /// A table of these columns.
  public Table(List<Column> columns, Times times, Style style) {
    this.columns = List.copyOf(columns);
    this.times = times;
    this.style = style;
    this.star = !showsNext(columns);
  }

  private static boolean showsNext(List<Column> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).showsNext()) {
        return true;
      }
    }
    return false;
  }

  /// The header line.
  public void header(StringBuilder out) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String name = column == Column.CTID ? "  CTID" : column.name();
      cell(out, name, name, column.width(), i + 1 == columns.size());
    }
    endLine(out);
  }

  /// The line of an instance.
  public void row(StringBuilder out, InstanceRecord instance) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String text = column.text(instance, times, star);
      String shown = column.showsState() ? style.state(instance.state(), text) : text;
      cell(out, text, shown, column.width(), i + 1 == columns.size());
    }
    endLine(out);
  }

  /// The lines of an instance's processes, below its own.
  public void processes(StringBuilder out, List<ProcessRecord> processes) {
    for (ProcessRecord process : processes) {
      String start = times.brief(process.startEpochMillis());
      String pid = String.valueOf(process.pid());
      out.repeat(' ', 15).append(start).repeat(' ', Math.max(0, 8 - start.length()) + 3);
      out.repeat(' ', Math.max(0, 6 - pid.length())).append(pid).append(' ');
      out.append(process.command()).append('\n');
    }
  }

  private static void cell(StringBuilder out, String text, String shown, int width, boolean last) {
    out.append(shown);
    if (!last) {
      out.repeat(' ', Math.max(0, width - text.length()) + 1);
    }
  }

  private static void endLine(StringBuilder out) {
    int length = out.length();
    while (length > 0 && out.charAt(length - 1) == ' ') {
      length--;
    }
    out.setLength(length);
    out.append('\n');
  }
}
