package bespoke.cli;

/// How `ctstat` and `ctwatch` lay out what they print.
final class ContractText {
  private static final int LABEL_WIDTH = 20;

  private ContractText() {}

  /// A row of cells; the last is as wide as it is.
  static void row(StringBuilder out, int[] widths, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      out.append(cells[i]);
      if (i + 1 < cells.length) {
        out.repeat(' ', Math.max(1, widths[i] - cells[i].length()));
      }
    }
    out.append('\n');
  }

  /// A line under a row.
  static void detail(StringBuilder out, String label, String value) {
    out.append('\t').append(label).repeat(' ', LABEL_WIDTH - label.length());
    out.append(value).append('\n');
  }
}
