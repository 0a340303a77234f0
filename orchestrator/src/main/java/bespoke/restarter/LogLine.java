package bespoke.restarter;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The form of the restarter's lines in logs (smf.md 6.6).
final class LogLine {

  /// The longest message; what is behind it is cut off.
  static final int LENGTH_MAX = 8192;

  private static final DateTimeFormatter INSTANCE =
      DateTimeFormatter.ofPattern("yyyy MMM ppd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAEMON =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

  private LogLine() {}

  /// A line of an instance's log: `[ 2026 Nov 4 02:54:28 Enabled. ]`.
  static String ofInstance(String time, String message) {
    return "[ " + time + " " + oneLine(message) + " ]\n";
  }

  /// The time in such a line, which is the same for a second.
  static String time(ZonedDateTime at) {
    return INSTANCE.format(at);
  }

  /// A line of the daemon's own log: `Nov 4 02:54:28/main ERROR: text`.
  static String ofDaemon(ZonedDateTime at, String thread, boolean error, String message) {
    return DAEMON.format(at) + "/" + thread + (error ? " ERROR: " : ": ") + oneLine(message) + "\n";
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
