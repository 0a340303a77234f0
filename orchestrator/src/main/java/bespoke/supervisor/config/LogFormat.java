package bespoke.supervisor.config;

import java.util.Locale;

/// How the output of a program is written into its log.
public enum LogFormat {
  /// As it is, byte for byte.
  RAW,
  /// `2026-11-26T15:03:33.918Z line`.
  TIME,
  /// `2026-11-26T15:03:33.918Z group:process stdout line`.
  NAMED,
  /// A JSON object a line.
  JSON;

  /// Reads the option's word, in any case.
  static LogFormat parse(String text) throws ConfigurationException {
    String word = text.strip().toUpperCase(Locale.ROOT);
    for (LogFormat format : values()) {
      if (format.name().equals(word)) {
        return format;
      }
    }
    throw new ConfigurationException(
        "not a log format: '" + text + "' (one of raw, time, named, json)");
  }
}
