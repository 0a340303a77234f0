package bespoke.model.schedule;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Optional;

/// Due at every second that all of its fields allow.
///
/// A time that a change of the clock skips is due right after the gap; one that a change repeats is
/// due once, the first time.
///
/// @param years 1970 to 2199
/// @param months 1 to 12
/// @param days 1 to 31
/// @param daysFromEnd 1 is the last day of the month
/// @param weekdays 1 (Monday) to 7
/// @param anyOfDays whether the day of the month or the weekday is enough (crontab(5) when both are
///   restricted); else both must fit
/// @param hours 0 to 23
/// @param minutes 0 to 59
/// @param seconds 0 to 59
/// @param zone of the fields; empty means that of the moment that is asked about
record CalendarRecurrence(
    BitSet years,
    BitSet months,
    BitSet days,
    BitSet daysFromEnd,
    BitSet weekdays,
    boolean anyOfDays,
    BitSet hours,
    BitSet minutes,
    BitSet seconds,
    Optional<ZoneId> zone)
    implements Recurrence {

  @Override
  public Optional<ZonedDateTime> next(ZonedDateTime after) {
    ZoneId own = zone.orElse(after.getZone());
    ZonedDateTime local = after.withZoneSameInstant(own);
    LocalDate date = local.toLocalDate();
    LocalTime from = local.toLocalTime().withNano(0).plusSeconds(1);
    if (from.equals(LocalTime.MIDNIGHT)) {
      date = date.plusDays(1);
    }
    while (date.getYear() < years.length()) {
      if (!years.get(date.getYear())) {
        date = LocalDate.of(date.getYear() + 1, 1, 1);
        from = LocalTime.MIDNIGHT;
      } else if (!months.get(date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
        from = LocalTime.MIDNIGHT;
      } else {
        Optional<ZonedDateTime> found =
            isDay(date) ? onDay(date, from, own, after) : Optional.empty();
        if (found.isPresent()) {
          return found.map(time -> time.withZoneSameInstant(after.getZone()));
        }
        date = date.plusDays(1);
        from = LocalTime.MIDNIGHT;
      }
    }
    return Optional.empty();
  }

  private boolean isDay(LocalDate date) {
    boolean ofMonth =
        days.get(date.getDayOfMonth())
            || daysFromEnd.get(date.lengthOfMonth() - date.getDayOfMonth() + 1);
    boolean ofWeek = weekdays.get(date.getDayOfWeek().getValue());
    return anyOfDays ? ofMonth || ofWeek : ofMonth && ofWeek;
  }

  private Optional<ZonedDateTime> onDay(
      LocalDate date, LocalTime from, ZoneId own, ZonedDateTime after) {
    for (int hour = hours.nextSetBit(from.getHour());
        hour >= 0;
        hour = hours.nextSetBit(hour + 1)) {
      boolean sameHour = hour == from.getHour();
      int firstMinute = sameHour ? from.getMinute() : 0;
      for (int minute = minutes.nextSetBit(firstMinute);
          minute >= 0;
          minute = minutes.nextSetBit(minute + 1)) {
        int firstSecond = sameHour && minute == from.getMinute() ? from.getSecond() : 0;
        for (int second = seconds.nextSetBit(firstSecond);
            second >= 0;
            second = seconds.nextSetBit(second + 1)) {
          ZonedDateTime time = date.atTime(hour, minute, second).atZone(own);
          if (time.isAfter(after)) {
            return Optional.of(time);
          }
        }
      }
    }
    return Optional.empty();
  }
}
