package bespoke.model.schedule;

import java.time.ZoneId;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/// Reads crontab(5)'s five fields: minute, hour, day of the month, month, weekday (0 and 7 are
/// Sunday), and `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly`, `@annually`.
public final class CronText {
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  /// crontab(5) counts weekdays from Sunday and takes 7 for it, too.
  private static final FieldRange CRON_WEEKDAY =
      new FieldRange(
          "weekday",
          0,
          7,
          Map.of("sun", 0, "mon", 1, "tue", 2, "wed", 3, "thu", 4, "fri", 5, "sat", 6));

  private CronText() {}

  /// Reads one.
  ///
  /// @param zone of the fields; empty means that of the machine
  /// @throws ScheduleException if it is not one; `@reboot` is refused, since what is due at boot is
  ///   a service like any other
  public static Recurrence read(String text, Optional<ZoneId> zone) throws ScheduleException {
    String expanded = NICKNAMES.getOrDefault(text.strip(), text.strip());
    String[] fields = expanded.split("\\s+");
    if (fields.length != 5) {
      throw new ScheduleException(
          "\""
              + text
              + "\" is no cron schedule: five fields are expected, minute hour day month"
              + " weekday");
    }
    BitSet days = FieldRange.DAY.read(fields[2], "-", false);
    BitSet cronWeekdays = CRON_WEEKDAY.read(fields[4], "-", false);
    BitSet weekdays = new BitSet(8);
    cronWeekdays.stream().forEach(day -> weekdays.set(day == 0 ? 7 : day));
    boolean anyOfDays = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    return new CalendarRecurrence(
        CalendarText.all(FieldRange.YEAR),
        FieldRange.MONTH.read(fields[3], "-", false),
        days,
        new BitSet(),
        weekdays,
        anyOfDays,
        FieldRange.HOUR.read(fields[1], "-", false),
        FieldRange.MINUTE.read(fields[0], "-", false),
        CalendarText.only(0),
        zone);
  }
}
