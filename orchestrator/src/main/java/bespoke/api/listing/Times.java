package bespoke.api.listing;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Writes points in time as `svcs` does (smf.md 8.1, "STIME"), in the C locale.
///
/// No `DateTimeFormatter`: it costs more start-up than the whole table.
public final class Times {

  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
  private static final long YEAR_MILLIS = 360 * DAY_MILLIS;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String DAYS = "MonTueWedThuFriSatSun";

  /// How far a zone is from UTC.
  public interface Zone {

    /// In seconds, at a moment in seconds since 1970 UTC; positive east of Greenwich.
    int offsetSeconds(long epochSecond);
  }

  private final Zone zone;
  private final long nowEpochMillis;

  /// Times as seen from now in a zone.
  public Times(Zone zone, long nowEpochMillis) {
    this.zone = zone;
    this.nowEpochMillis = nowEpochMillis;
  }

  /// Eight characters: the time of day, the day of the year, or the year, by age; `-` for 0.
  public String brief(long epochMillis) {
    if (epochMillis == 0) {
      return "-";
    }
    long age = nowEpochMillis - epochMillis;
    if (age < DAY_MILLIS) {
      return timeOfDay(epochMillis);
    }
    LocalDateTime time = local(epochMillis);
    if (age < YEAR_MILLIS) {
      return month(time) + "_" + two(time.getDayOfMonth(), '0') + "  ";
    }
    return time.getYear() + "    ";
  }

  /// Until when [#brief] says the same, in milliseconds since 1970 UTC.
  public long briefUntil(long epochMillis) {
    long age = nowEpochMillis - epochMillis;
    if (epochMillis == 0 || age >= YEAR_MILLIS) {
      return Long.MAX_VALUE;
    }
    return epochMillis + (age < DAY_MILLIS ? DAY_MILLIS : YEAR_MILLIS);
  }

  /// `Mon Feb 13 17:56:21 2006`.
  public String full(long epochMillis) {
    LocalDateTime time = local(epochMillis);
    int day = time.getDayOfWeek().getValue() - 1;
    return DAYS.substring(day * 3, day * 3 + 3)
        + " "
        + month(time)
        + " "
        + two(time.getDayOfMonth(), ' ')
        + " "
        + two(time.getHour(), '0')
        + ":"
        + two(time.getMinute(), '0')
        + ":"
        + two(time.getSecond(), '0')
        + " "
        + time.getYear();
  }

  /// `17:56:21`, the hour padded with a blank.
  private String timeOfDay(long epochMillis) {
    long epochSecond = Math.floorDiv(epochMillis, 1000);
    int second = Math.floorMod(epochSecond + zone.offsetSeconds(epochSecond), 86_400);
    return two(second / 3600, ' ') + ":" + two(second / 60 % 60, '0') + ":" + two(second % 60, '0');
  }

  private LocalDateTime local(long epochMillis) {
    long epochSecond = Math.floorDiv(epochMillis, 1000);
    return LocalDateTime.ofEpochSecond(
        epochSecond + zone.offsetSeconds(epochSecond), 0, ZoneOffset.UTC);
  }

  private static String month(LocalDateTime time) {
    int month = time.getMonthValue() - 1;
    return MONTHS.substring(month * 3, month * 3 + 3);
  }

  private static String two(int number, char pad) {
    return number < 10 ? String.valueOf(pad) + number : String.valueOf(number);
  }
}
