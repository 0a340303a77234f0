package bespoke.restarter;

import java.time.ZonedDateTime;

/// The form of the restarter's lines in logs (smf.md 6.6), in the C locale.
///
/// No `DateTimeFormatter`: the name of a month makes it read the locales, which takes a tenth of
/// the daemon's start.
final class LogLine {

  /// The longest message; what is behind it is cut off.
  static final int LENGTH_MAX = 8192;

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private LogLine() {}

  /// A line of an instance's log: `[ 2026 Nov 4 02:54:28 Enabled. ]`.
  static String ofInstance(String time, String message) {
    return "[ " + time + " " + oneLine(message) + " ]\n";
  }

  /// The time in such a line, which is the same for a second.
  static String time(ZonedDateTime at) {
    return withoutYear(new StringBuilder(24).append(at.getYear()).append(' '), at).toString();
  }

  /// A line of the daemon's own log: `Nov 4 02:54:28/main ERROR: text`.
  static String ofDaemon(ZonedDateTime at, String thread, boolean error, String message) {
    return withoutYear(new StringBuilder(64), at)
        .append('/')
        .append(thread)
        .append(error ? " ERROR: " : ": ")
        .append(oneLine(message))
        .append('\n')
        .toString();
  }

  private static StringBuilder withoutYear(StringBuilder out, ZonedDateTime at) {
    int month = 3 * (at.getMonthValue() - 1);
    out.append(MONTHS, month, month + 3).append(' ');
    two(out, at.getDayOfMonth(), ' ').append(' ');
    two(out, at.getHour(), '0').append(':');
    two(out, at.getMinute(), '0').append(':');
    return two(out, at.getSecond(), '0');
  }

  private static StringBuilder two(StringBuilder out, int number, char pad) {
    return (number < 10 ? out.append(pad) : out).append(number);
  }

  private static String oneLine(String message) {
    boolean cut = message.length() > LENGTH_MAX;
    String text = cut ? message.substring(0, LENGTH_MAX) + "…" : message;
    StringBuilder line = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        line = line == null ? new StringBuilder(text) : line;
        line.setCharAt(i, ' ');
      }
    }
    return line == null ? text : line.toString();
  }
}
