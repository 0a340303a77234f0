package bespoke.restarter;

import bespoke.model.InstanceFmri;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The logs of instances: `log/site-web:blue.log` (smf.md 6.6).
///
/// A log that cannot be written never fails anything else; the daemon's log says so once, and once
/// more when it works again.
final class InstanceLogs {

  private final Path directory;
  private final Clock clock;
  private final DaemonLog daemonLog;
  private final long sizeMaxBytes;
  private final int kept;
  private final Set<InstanceFmri> failing = ConcurrentHashMap.newKeySet();
  private final Set<InstanceFmri> used = ConcurrentHashMap.newKeySet();
  private volatile Second last = new Second(Long.MIN_VALUE, "");

  InstanceLogs(RestarterSettings settings, Clock clock, DaemonLog daemonLog) {
    this.directory = settings.logDirectory();
    this.clock = clock;
    this.daemonLog = daemonLog;
    this.sizeMaxBytes = settings.logSizeMaxBytes();
    this.kept = settings.logsKept();
  }

  /// Where the log of an instance is.
  Path path(InstanceFmri instance) {
    return directory.resolve(instance.logFileName());
  }

  /// Writes a restarter line.
  void write(InstanceFmri instance, String message) {
    String line = LogLine.ofInstance(time(), message);
    attempt(instance, file -> file.append(line));
  }

  /// Many lines are of one second, and a time takes longer to format than a line to write.
  private String time() {
    long now = Math.floorDiv(clock.millis(), 1000);
    Second second = last;
    if (second.number() != now) {
      second = new Second(now, LogLine.time(Instant.ofEpochSecond(now).atZone(clock.getZone())));
      last = second;
    }
    return second.text();
  }

  /// @param number since 1970
  private record Second(long number, String text) {}

  /// A process of an earlier daemon's writes to the log.
  void adopt(InstanceFmri instance) {
    used.add(instance);
  }

  /// Makes the log ready for a process to append to.
  ///
  /// @return why that is not possible, or empty
  Optional<String> prepare(InstanceFmri instance) {
    used.add(instance);
    return attempt(instance, LogFile::touch);
  }

  /// Rotates the logs that have become too large.
  void rotate() {
    for (InstanceFmri instance : used) {
      attempt(instance, file -> file.rotate(sizeMaxBytes, kept));
    }
  }

  private Optional<String> attempt(InstanceFmri instance, Step step) {
    LogFile file = new LogFile(path(instance));
    try {
      step.run(file);
      if (failing.remove(instance)) {
        daemonLog.write(false, "the log " + file.path() + " can be written again");
      }
      return Optional.empty();
    } catch (IOException e) {
      String reason = "cannot write the log " + file.path() + ": " + Reasons.of(e);
      if (failing.add(instance)) {
        daemonLog.write(true, reason);
      }
      return Optional.of(reason);
    }
  }

  private interface Step {
    void run(LogFile file) throws IOException;
  }
}
