package bespoke.model.schedule;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the calendar events of systemd.time(7): `Mon..Fri *-*-* 02:00:00`, `Sat 03:30`, `*-*-1/2`,
/// `*-02~01`, `hourly`, with an optional time zone behind.
///
/// Fractions of seconds are not taken.
public final class CalendarText {
  private static final Map<String, String> NICKNAMES =
      Map.ofEntries(
          Map.entry("minutely", "*-*-* *:*:00"),
          Map.entry("hourly", "*-*-* *:00:00"),
          Map.entry("daily", "*-*-* 00:00:00"),
          Map.entry("weekly", "Mon *-*-* 00:00:00"),
          Map.entry("monthly", "*-*-01 00:00:00"),
          Map.entry("quarterly", "*-01,04,07,10-01 00:00:00"),
          Map.entry("semiannually", "*-01,07-01 00:00:00"),
          Map.entry("yearly", "*-01-01 00:00:00"),
          Map.entry("annually", "*-01-01 00:00:00"));

  private CalendarText() {}

  static BitSet all(FieldRange range) {
    BitSet set = new BitSet(range.max() + 1);
    set.set(range.min(), range.max() + 1);
    return set;
  }

  static BitSet only(int value) {
    BitSet set = new BitSet();
    set.set(value);
    return set;
  }

  /// Reads one.
  ///
  /// @param zone of the fields where the text names none; empty means that of the machine
  /// @throws ScheduleException if it is not one
  public static Recurrence read(String text, Optional<ZoneId> zone) throws ScheduleException {
    Deque<String> words = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
    Optional<ZoneId> own = zone;
    if (words.size() > 1 && isZone(words.getLast())) {
      own = Optional.of(ZoneId.of(words.removeLast()));
    }
    if (words.size() == 1 && NICKNAMES.containsKey(words.getFirst())) {
      String nickname = NICKNAMES.getOrDefault(words.removeFirst(), "");
      words.addAll(List.of(nickname.split(" ")));
    }
    BitSet weekdays =
        isWeekdays(words.peekFirst())
            ? FieldRange.WEEKDAY.read(trimmed(words.removeFirst()), "..", false)
            : all(FieldRange.WEEKDAY);
    String date = isDate(words.peekFirst()) ? words.removeFirst() : "*-*-*";
    String time = words.isEmpty() ? "00:00:00" : words.removeFirst();
    if (!words.isEmpty() || text.isBlank()) {
      throw new ScheduleException(
          "\"" + text + "\" is no calendar event; one is like \"Mon..Fri *-*-* 02:00:00\"");
    }
    return read(weekdays, date, time, own);
  }

  private static Recurrence read(BitSet weekdays, String date, String time, Optional<ZoneId> zone)
      throws ScheduleException {
    int tilde = date.indexOf('~');
    String[] parts = (tilde < 0 ? date : date.substring(0, tilde)).split("-", -1);
    int whole = tilde < 0 ? 3 : 2;
    if (parts.length < whole - 1 || parts.length > whole) {
      throw new ScheduleException("\"" + date + "\" is no date; one is like *-*-01");
    }
    int first = parts.length == whole ? 1 : 0;
    BitSet years = first == 0 ? all(FieldRange.YEAR) : FieldRange.YEAR.read(parts[0], "..", true);
    BitSet months = FieldRange.MONTH.read(parts[first], "..", true);
    BitSet days = tilde < 0 ? FieldRange.DAY.read(parts[first + 1], "..", true) : new BitSet();
    BitSet fromEnd = tilde < 0 ? new BitSet() : fromEnd(date.substring(tilde + 1));
    String[] clock = time.split(":", -1);
    if (clock.length < 2 || clock.length > 3) {
      throw new ScheduleException(
          "\"" + time + "\" is no time of day; one is like 02:00 or *:0/15");
    }
    return new CalendarRecurrence(
        years,
        months,
        days,
        fromEnd,
        weekdays,
        false,
        FieldRange.HOUR.read(clock[0], "..", true),
        FieldRange.MINUTE.read(clock[1], "..", true),
        clock.length == 3 ? FieldRange.SECOND.read(clock[2], "..", true) : only(0),
        zone);
  }

  /// Days counted from the end of the month; `07/1` means the seventh last and those after it.
  private static BitSet fromEnd(String text) throws ScheduleException {
    BitSet days = new BitSet();
    for (String part : text.split(",", -1)) {
      int slash = part.indexOf('/');
      if (slash < 0) {
        days.or(FieldRange.DAY.read(part, "..", false));
        continue;
      }
      int step = FieldRange.DAY.number(part.substring(slash + 1));
      for (int day = FieldRange.DAY.number(part.substring(0, slash)); day >= 1; day -= step) {
        days.set(day);
      }
    }
    return days;
  }

  private static boolean isWeekdays(@Nullable String word) {
    return word != null && word.matches("[A-Za-z][A-Za-z.,]*");
  }

  /// systemd takes a comma behind the weekdays, as in `Sat,`.
  private static String trimmed(String weekdays) {
    return weekdays.endsWith(",") ? weekdays.substring(0, weekdays.length() - 1) : weekdays;
  }

  private static boolean isDate(@Nullable String word) {
    return word != null && !word.contains(":") && (word.contains("-") || word.contains("~"));
  }

  private static boolean isZone(String word) {
    if (!word.matches("[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)*") || isWeekdayName(word)) {
      return false;
    }
    try {
      return !ZoneId.of(word).getId().isEmpty();
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isWeekdayName(String word) {
    try {
      return FieldRange.WEEKDAY.number(word) > 0;
    } catch (ScheduleException _) {
      return false;
    }
  }
}
