package bespoke.supervisor.log;

import bespoke.supervisor.config.LogLevel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The server's own log: `2026-11-24 08:58:01,123 INFO text`. Not thread-safe.
public final class ActivityLog {
  private final LogLevel level;
  private final InstantSource clock;
  private final @Nullable RotatingFile file;
  private final @Nullable PrintStream copy;
  private final @Nullable Consumer<String> syslog;

  /// The text of this second: whatever happens, happens several times in it.
  private String second = "";

  private long secondOf = Long.MIN_VALUE;

  /// @param file null = none
  /// @param copy gets each line too; null = nobody
  /// @param syslog gets each line without its time; null = nobody
  public ActivityLog(
      LogLevel level,
      InstantSource clock,
      @Nullable RotatingFile file,
      @Nullable PrintStream copy,
      @Nullable Consumer<String> syslog) {
    this.level = level;
    this.clock = clock;
    this.file = file;
    this.copy = copy;
    this.syslog = syslog;
  }

  public boolean includes(LogLevel other) {
    return level.includes(other);
  }

  /// Writes one line if its level is wanted; control characters in it are replaced.
  public void write(LogLevel lineLevel, String text) {
    if (!includes(lineLevel)) {
      return;
    }
    String line = lineLevel.abbreviation() + " " + text.replace('\r', ' ');
    if (syslog != null) {
      syslog.accept(line);
    }
    String stamped = stamp(clock.instant()) + " " + line + "\n";
    if (file != null) {
      file.write(stamped.getBytes(StandardCharsets.UTF_8));
    }
    if (copy != null) {
      copy.print(stamped);
      copy.flush();
    }
  }

  private String stamp(Instant now) {
    if (now.getEpochSecond() != secondOf) {
      secondOf = now.getEpochSecond();
      second = second(LocalTimes.of(now));
    }
    int millis = now.getNano() / 1_000_000;
    return second + (millis < 100 ? "0" : "") + (millis < 10 ? "0" : "") + millis;
  }

  private static String second(LocalDateTime at) {
    StringBuilder out = new StringBuilder(20).append(at.getYear()).append('-');
    LocalTimes.two(out, at.getMonthValue()).append('-');
    LocalTimes.two(out, at.getDayOfMonth()).append(' ');
    LocalTimes.two(out, at.getHour()).append(':');
    LocalTimes.two(out, at.getMinute()).append(':');
    return LocalTimes.two(out, at.getSecond()).append(',').toString();
  }

  /// The log's file; empty if it goes to syslog only.
  public Optional<Path> path() {
    return Optional.ofNullable(file).map(RotatingFile::path);
  }

  /// Opens the file anew, for somebody who moved it away.
  public void reopen() {
    if (file != null) {
      file.reopen();
    }
  }

  /// Removes the file and begins an empty one.
  public void clear() throws IOException {
    if (file != null) {
      file.clear();
    }
  }

  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
