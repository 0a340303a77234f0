package bespoke.cli.render;

import bespoke.api.BootStartRecord;
import java.util.List;

/// The starts of a boot, one bar each under a common scale.
public final class Timeline {
  private static final int COLUMNS = 50;
  private static final int ROW_HEIGHT = 20;
  private static final int BARS_WIDTH = 640;
  private static final int TOP = 48;
  private static final double LETTER_WIDTH = 7.3;

  private Timeline() {}

  /// From the beginning until the last start is over.
  public static long totalMillis(List<BootStartRecord> starts) {
    return starts.stream()
        .mapToLong(start -> start.startMillis() + start.durationMillis())
        .max()
        .orElse(0);
  }

  /// For a terminal: `#` is a start on the critical path, `=` another one, and `-` how much longer
  /// it could have taken.
  public static String text(List<BootStartRecord> starts) {
    long total = Math.max(1, totalMillis(starts));
    StringBuilder out = new StringBuilder();
    for (BootStartRecord start : starts) {
      int from = column(start.startMillis(), total);
      int to = Math.max(from + 1, column(start.startMillis() + start.durationMillis(), total));
      int slack = column(start.startMillis() + start.durationMillis() + start.slackMillis(), total);
      String bar =
          " ".repeat(from)
              + (start.critical() ? "#" : "=").repeat(to - from)
              + "-".repeat(Math.max(0, slack - to));
      out.append('|').append(bar).append(" ".repeat(Math.max(0, COLUMNS - bar.length())));
      out.append("| ").append(right(start.startMillis())).append(" +");
      out.append(right(start.durationMillis())).append(" ms  ");
      out.append(FmriText.brief(start.fmri())).append(start.learned() ? "" : "  (a guess)");
      out.append('\n');
    }
    return out.append(total).append(" ms in all\n").toString();
  }

  private static int column(long millis, long total) {
    return (int) Math.min(COLUMNS - 1, millis * COLUMNS / total);
  }

  private static String right(long number) {
    String text = String.valueOf(number);
    return " ".repeat(Math.max(0, 7 - text.length())) + text;
  }

  /// A picture that needs no other file.
  public static String svg(List<BootStartRecord> starts, String title) {
    long total = Math.max(1, totalMillis(starts));
    int names = starts.stream().mapToInt(it -> FmriText.brief(it.fmri()).length()).max().orElse(0);
    int left = 24 + (int) (names * LETTER_WIDTH);
    int width = left + BARS_WIDTH + 24;
    int height = TOP + starts.size() * ROW_HEIGHT + 24;
    StringBuilder out = new StringBuilder();
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
    out.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(width);
    out.append(' ').append(height).append("\" font-family=\"system-ui, sans-serif\"");
    out.append(" font-size=\"12\">\n<title>").append(Svg.escaped(title)).append("</title>\n");
    out.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    text(out, 12, 24, title + ": " + total + " ms");
    for (int i = 0; i < starts.size(); i++) {
      row(out, starts.get(i), new Scale(left, total), TOP + i * ROW_HEIGHT);
    }
    return out.append("</svg>\n").toString();
  }

  private record Scale(int left, long total) {
    long x(long millis) {
      return left + Math.min(total, millis) * BARS_WIDTH / total;
    }
  }

  private static void row(StringBuilder out, BootStartRecord start, Scale scale, int y) {
    long from = scale.x(start.startMillis());
    long to = scale.x(start.startMillis() + start.durationMillis());
    long slack = scale.x(start.startMillis() + start.durationMillis() + start.slackMillis());
    text(out, 12, y + 13, FmriText.brief(start.fmri()));
    bar(out, to, y + 8, slack - to, 2, "#b0b0b0", "slack " + start.slackMillis() + " ms");
    String colour = start.critical() ? "#d1495b" : "#30638e";
    String times = start.startMillis() + " ms, takes " + start.durationMillis() + " ms";
    bar(out, from, y + 2, Math.max(1, to - from), 14, colour, times);
  }

  private static void bar(
      StringBuilder out, long x, int y, long width, int height, String colour, String tooltip) {
    if (width > 0) {
      out.append("<rect x=\"").append(x).append("\" y=\"").append(y).append("\" width=\"");
      out.append(width).append("\" height=\"").append(height).append("\" fill=\"");
      out.append(colour).append("\"><title>").append(tooltip).append("</title></rect>\n");
    }
  }

  private static void text(StringBuilder out, int x, int y, String text) {
    out.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\">");
    out.append(Svg.escaped(text)).append("</text>\n");
  }
}
