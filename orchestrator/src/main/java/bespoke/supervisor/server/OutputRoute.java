package bespoke.supervisor.server;

import bespoke.os.Syslog;
import bespoke.supervisor.config.StreamConfig;
import bespoke.supervisor.event.EventTexts;
import bespoke.supervisor.event.Notification;
import bespoke.supervisor.log.AnsiFilter;
import bespoke.supervisor.log.CaptureFilter;
import bespoke.supervisor.log.RotatingFile;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Where one output stream of a process goes: through capture and ANSI stripping to its log, to
/// syslog and to event listeners.
final class OutputRoute {
  /// A longer line is sent to syslog in pieces, in bytes.
  private static final int SYSLOG_LINE_MAX = 8192;

  private final String process;
  private final String group;
  private final boolean stderr;
  private final StreamConfig config;
  private final @Nullable RotatingFile file;
  private final Consumer<Notification> events;
  private final Consumer<String> debug;
  private final LongSupplier pid;
  private final @Nullable AnsiFilter ansi;
  private @Nullable CaptureFilter capture;
  private final StringBuilder syslogLine = new StringBuilder();
  private boolean failureReported;

  /// @param debug gets the output as text for the activity log
  /// @param pid the process that writes now
  OutputRoute(
      String process,
      String group,
      boolean stderr,
      StreamConfig config,
      @Nullable RotatingFile file,
      boolean stripAnsi,
      Consumer<Notification> events,
      Consumer<String> debug,
      LongSupplier pid) {
    this.process = process;
    this.group = group;
    this.stderr = stderr;
    this.config = config;
    this.file = file;
    this.events = events;
    this.debug = debug;
    this.pid = pid;
    ansi = stripAnsi ? new AnsiFilter() : null;
    begin();
  }

  /// A new process writes from now on.
  final void begin() {
    capture = config.captureMaxBytes() > 0 ? new CaptureFilter(config.captureMaxBytes()) : null;
  }

  /// Whether anybody gets the output.
  boolean isWanted() {
    return file != null
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
          EventTexts.processCommunication(stderr, process, group, pid.getAsLong(), message));
    }
  }

  /// The process that wrote is gone: what was held back comes out.
  void end() {
    if (capture != null) {
      record(capture.flush());
    }
  }

  private void record(byte[] raw) {
    byte[] data = ansi == null ? raw : ansi.feed(raw);
    if (data.length == 0) {
      return;
    }
    if (file != null) {
      file.write(data);
      reportFailure(file);
    }
    debug.accept(
        "'"
            + process
            + "' "
            + (stderr ? "stderr" : "stdout")
            + " output:\n"
            + new String(data, StandardCharsets.UTF_8));
    if (config.syslog()) {
      toSyslog(new String(data, StandardCharsets.UTF_8));
    }
    if (config.eventsEnabled()) {
      events.accept(EventTexts.processLog(stderr, process, group, pid.getAsLong(), data));
    }
  }

  private void reportFailure(RotatingFile log) {
    boolean failed = log.failure().isPresent();
    if (failed && !failureReported) {
      debug.accept(log.failure().orElse("") + "; output is lost until it can be written again");
    }
    failureReported = failed;
  }

  private void toSyslog(String text) {
    syslogLine.append(text);
    int from = 0;
    for (int end = syslogLine.indexOf("\n"); end >= 0; end = syslogLine.indexOf("\n", from)) {
      Syslog.write(process + " " + syslogLine.substring(from, end));
      from = end + 1;
    }
    syslogLine.delete(0, from);
    if (syslogLine.length() > SYSLOG_LINE_MAX) {
      Syslog.write(process + " " + syslogLine);
      syslogLine.setLength(0);
    }
  }
}
