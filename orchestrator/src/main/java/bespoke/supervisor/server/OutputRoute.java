package bespoke.supervisor.server;

import bespoke.os.Syslog;
import bespoke.supervisor.config.StreamConfig;
import bespoke.supervisor.event.EventTexts;
import bespoke.supervisor.event.Notification;
import bespoke.supervisor.log.AnsiFilter;
import bespoke.supervisor.log.CaptureFilter;
import bespoke.supervisor.log.LineFormatter;
import bespoke.supervisor.log.RotatingFile;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Where one output stream of a process goes: through capture and ANSI stripping to its log, to
/// syslog and to event listeners.
final class OutputRoute {
  /// A longer line is sent to syslog in pieces, in bytes.
  private static final int SYSLOG_LINE_MAX = 8192;

  /// Whose output it is.
  ///
  /// @param stream `stdout` or `stderr`
  /// @param pid the process that writes now
  record Origin(String process, String group, String stream, LongSupplier pid) {
    boolean isStderr() {
      return stream.equals("stderr");
    }
  }

  private final Origin origin;
  private final StreamConfig config;
  private final @Nullable RotatingFile file;
  private final InstantSource clock;
  private final Consumer<Notification> events;
  private final @Nullable Consumer<String> debug;
  private final Consumer<String> problems;
  private final @Nullable AnsiFilter ansi;
  private final LineFormatter lines;
  private @Nullable CaptureFilter capture;
  private final StringBuilder syslogLine = new StringBuilder();
  private boolean failureReported;

  /// @param file null = there is none
  /// @param clock for the time of a line
  /// @param debug gets the output as text for the activity log; null = nobody wants it
  /// @param problems told once when the file cannot be written any more
  OutputRoute(
      Origin origin,
      StreamConfig config,
      @Nullable RotatingFile file,
      boolean stripAnsi,
      InstantSource clock,
      Consumer<Notification> events,
      @Nullable Consumer<String> debug,
      Consumer<String> problems) {
    this.origin = origin;
    this.config = config;
    this.file = file;
    this.clock = clock;
    this.events = events;
    this.debug = debug;
    this.problems = problems;
    ansi = stripAnsi ? new AnsiFilter() : null;
    lines = new LineFormatter(config.format(), origin.group(), origin.process(), origin.stream());
    begin();
  }

  /// A new process writes from now on.
  final void begin() {
    capture = config.captureMaxBytes() > 0 ? new CaptureFilter(config.captureMaxBytes()) : null;
  }

  /// Whether anybody gets the output.
  boolean isWanted() {
    return file != null
        || debug != null
        || config.syslog()
        || config.eventsEnabled()
        || config.captureMaxBytes() > 0;
  }

  @Nullable RotatingFile file() {
    return file;
  }

  /// Takes output as it was read.
  void accept(byte[] data) {
    if (capture == null) {
      record(data);
      return;
    }
    CaptureFilter.Result result = capture.feed(data);
    record(result.plain());
    for (byte[] message : result.messages()) {
      events.accept(
          EventTexts.processCommunication(
              origin.isStderr(), origin.process(), origin.group(), pid(), message));
    }
  }

  private long pid() {
    return origin.pid().getAsLong();
  }

  /// The process that wrote is gone: what was held back comes out.
  void end() {
    if (capture != null) {
      record(capture.flush());
    }
    write(lines.flush(pid()));
  }

  private void record(byte[] raw) {
    byte[] data = ansi == null ? raw : ansi.feed(raw);
    if (data.length == 0) {
      return;
    }
    write(lines.feed(data, clock.instant(), pid()));
    if (debug != null) {
      debug.accept("'" + origin.process() + "' " + origin.stream() + " output:\n" + text(data));
    }
    if (config.syslog()) {
      toSyslog(text(data));
    }
    if (config.eventsEnabled()) {
      events.accept(
          EventTexts.processLog(origin.isStderr(), origin.process(), origin.group(), pid(), data));
    }
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  private void write(byte[] data) {
    if (file == null || data.length == 0) {
      return;
    }
    file.write(data);
    boolean failed = file.failure().isPresent();
    if (failed && !failureReported) {
      problems.accept(file.failure().orElse("") + "; output is lost until it can be written again");
    }
    failureReported = failed;
  }

  private void toSyslog(String text) {
    syslogLine.append(text);
    int from = 0;
    for (int end = syslogLine.indexOf("\n"); end >= 0; end = syslogLine.indexOf("\n", from)) {
      Syslog.write(origin.process() + " " + syslogLine.substring(from, end));
      from = end + 1;
    }
    syslogLine.delete(0, from);
    if (syslogLine.length() > SYSLOG_LINE_MAX) {
      Syslog.write(origin.process() + " " + syslogLine);
      syslogLine.setLength(0);
    }
  }
}
