package bespoke.supervisor.config;

import java.util.Locale;
import java.util.Optional;

/// The levels of the activity log, gravest first.
public enum LogLevel {
  CRITICAL("CRIT"),
  ERROR("ERRO"),
  WARN("WARN"),
  INFO("INFO"),
  DEBUG("DEBG"),
  TRACE("TRAC"),
  BLATHER("BLAT");

  private final String abbreviation;

  LogLevel(String abbreviation) {
    this.abbreviation = abbreviation;
  }

  /// The four letters in a log line.
  public String abbreviation() {
    return abbreviation;
  }

  /// The level with this name, in any case.
  public static Optional<LogLevel> of(String name) {
    for (LogLevel level : values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(name.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return name.strip().equalsIgnoreCase("warning") ? Optional.of(WARN) : Optional.empty();
  }

  public boolean includes(LogLevel other) {
    return other.compareTo(this) <= 0;
  }
}
