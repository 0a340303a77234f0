package bespoke.supervisor.rpc;

import bespoke.supervisor.log.LocalTimes;
import bespoke.supervisor.process.Moment;
import bespoke.supervisor.process.ProcessState;
import bespoke.supervisor.process.ProcessStatus;
import bespoke.supervisor.server.ManagedProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The struct that describes one process to clients.
final class ProcessDescription {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private ProcessDescription() {}

  /// @param waitsFor what keeps a stopped process from running; empty if it is not to run
  static Map<String, Object> of(ManagedProcess process, String waitsFor, Moment now) {
    ProcessStatus status = process.status();
    var info = new LinkedHashMap<String, Object>();
    info.put("name", process.config().name());
    info.put("group", process.groupName());
    info.put("start", seconds(status.started()));
    info.put("stop", seconds(status.stopped()));
    info.put("now", now.epochSeconds());
    info.put("state", status.state().code());
    info.put("statename", status.state().name());
    info.put("spawnerr", status.spawnError());
    info.put("exitstatus", status.exitStatus() == null ? 0 : status.exitStatus());
    info.put("logfile", text(process.logFile(false)));
    info.put("stdout_logfile", text(process.logFile(false)));
    info.put("stderr_logfile", text(process.logFile(true)));
    info.put("pid", status.pid());
    info.put("description", description(process.config().name(), status, waitsFor, now));
    return info;
  }

  /// As `Nov 26 10:05 PM`.
  private static String stopTime(Moment stopped) {
    LocalDateTime at = LocalTimes.of(Instant.ofEpochSecond(stopped.epochSeconds()));
    int month = 3 * (at.getMonthValue() - 1);
    StringBuilder out = new StringBuilder(16).append(MONTHS, month, month + 3).append(' ');
    LocalTimes.two(out, at.getDayOfMonth()).append(' ');
    LocalTimes.two(out, (at.getHour() + 11) % 12 + 1).append(':');
    return LocalTimes.two(out, at.getMinute()).append(at.getHour() < 12 ? " AM" : " PM").toString();
  }

  private static long seconds(@Nullable Moment moment) {
    return moment == null ? 0 : moment.epochSeconds();
  }

  private static String text(@Nullable Path path) {
    return path == null ? "" : path.toString();
  }

  private static String description(
      String name, ProcessStatus status, String waitsFor, Moment now) {
    if (status.state() == ProcessState.STOPPED && !waitsFor.isEmpty()) {
      return waitsFor;
    }
    return switch (status.state()) {
      case RUNNING -> "pid " + status.pid() + ", uptime " + uptime(status.started(), now);
      case STOPPED, EXITED -> status.stopped() == null ? "Not started" : stopTime(status.stopped());
      case FATAL, BACKOFF ->
          status.spawnError().isEmpty()
              ? "unknown error (try \"tail " + name + "\")"
              : status.spawnError();
      case STARTING, STOPPING, UNKNOWN -> "";
    };
  }

  private static String uptime(@Nullable Moment since, Moment now) {
    long seconds = since == null ? 0 : Math.max(0, (now.millis() - since.millis()) / 1000);
    long days = seconds / 86_400;
    String time =
        String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    return switch ((int) Math.min(days, 2)) {
      case 0 -> time;
      case 1 -> "1 day, " + time;
      default -> days + " days, " + time;
    };
  }
}
