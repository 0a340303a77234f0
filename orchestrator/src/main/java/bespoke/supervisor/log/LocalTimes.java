package bespoke.supervisor.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/// Times of day where the machine is.
///
/// No time zone by name and no `DateTimeFormatter`: they look into every jar for more zones and
/// read the locales, a twentieth of the server's start.
public final class LocalTimes {
  private LocalTimes() {}

  public static LocalDateTime of(Instant instant) {
    int offset = TimeZone.getDefault().getOffset(instant.toEpochMilli()) / 1000;
    return LocalDateTime.ofEpochSecond(
        instant.getEpochSecond(), instant.getNano(), ZoneOffset.ofTotalSeconds(offset));
  }

  /// Appends a number of 0 to 99 with two digits.
  public static StringBuilder two(StringBuilder out, int number) {
    return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
