package bespoke.model.schedule;

import java.util.BitSet;
import java.util.Locale;
import java.util.Map;

/// What one field of a schedule may hold: its name in messages, its bounds and the names that stand
/// for numbers.
///
/// @param name such as `hour`
/// @param min the smallest number
/// @param max the largest
/// @param names by lower case name; empty when only numbers are allowed
record FieldRange(String name, int min, int max, Map<String, Integer> names) {
  static final FieldRange SECOND = new FieldRange("second", 0, 59, Map.of());
  static final FieldRange MINUTE = new FieldRange("minute", 0, 59, Map.of());
  static final FieldRange HOUR = new FieldRange("hour", 0, 23, Map.of());
  static final FieldRange DAY = new FieldRange("day of the month", 1, 31, Map.of());
  static final FieldRange MONTH =
      new FieldRange(
          "month",
          1,
          12,
          numbered(
              1, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
              "dec"));

  /// 1 is Monday, 7 is Sunday (ISO 8601), as [java.time.DayOfWeek] counts.
  static final FieldRange WEEKDAY =
      new FieldRange("weekday", 1, 7, numbered(1, "mon", "tue", "wed", "thu", "fri", "sat", "sun"));

  /// The years that systemd.time(7) takes.
  static final FieldRange YEAR = new FieldRange("year", 1970, 2199, Map.of());

  FieldRange {
    names = Map.copyOf(names);
  }

  private static Map<String, Integer> numbered(int first, String... names) {
    Map<String, Integer> numbers = new java.util.HashMap<>();
    for (int i = 0; i < names.length; i++) {
      numbers.put(names[i], first + i);
    }
    return numbers;
  }

  /// Reads `*`, `5`, `1,3`, `1-5` or `1..5`, each with an optional `/STEP`.
  ///
  /// @param to what stands between the ends of a range
  /// @param openEnd whether `5/10` means from 5 on (as in systemd.time(7)); else it is refused
  BitSet read(String text, String to, boolean openEnd) throws ScheduleException {
    BitSet set = new BitSet(max + 1);
    for (String part : text.split(",", -1)) {
      readPart(part, to, openEnd, set);
    }
    return set;
  }

  private void readPart(String part, String to, boolean openEnd, BitSet set)
      throws ScheduleException {
    int slash = part.indexOf('/');
    String ends = slash < 0 ? part : part.substring(0, slash);
    int step = slash < 0 ? 1 : positive(part.substring(slash + 1));
    int dots = ends.indexOf(to);
    int first;
    int last;
    if (ends.equals("*")) {
      first = min;
      last = max;
    } else if (dots > 0) {
      first = number(ends.substring(0, dots));
      last = number(ends.substring(dots + to.length()));
    } else {
      first = number(ends);
      last = slash < 0 ? first : max;
      if (slash >= 0 && !openEnd) {
        throw new ScheduleException(
            "\"" + part + "\" as " + name + ": a step needs a range or * before it");
      }
    }
    if (first > last) {
      throw new ScheduleException(
          "\"" + part + "\" as " + name + ": the range ends before it begins");
    }
    for (int value = first; value <= last; value += step) {
      set.set(value);
    }
  }

  private int positive(String text) throws ScheduleException {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) == 0) {
      throw new ScheduleException("\"" + text + "\" is no step for the " + name);
    }
    return Integer.parseInt(text);
  }

  int number(String text) throws ScheduleException {
    String lower = text.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, Integer> entry : names.entrySet()) {
      // "Mon" and "Monday", "jan" and "january"
      if (lower.equals(entry.getKey())
          || lower.length() > 3 && isLongName(lower) && lower.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    int value = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    if (value < min || value > max) {
      throw new ScheduleException(
          "\""
              + text
              + "\" is no "
              + name
              + "; it is a number from "
              + min
              + " to "
              + max
              + (names.isEmpty() ? "" : " or a name"));
    }
    return value;
  }

  private static boolean isLongName(String lower) {
    return lower.endsWith("day") || lower.matches("[a-z]{4,9}");
  }
}
