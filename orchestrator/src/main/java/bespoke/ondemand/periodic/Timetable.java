package bespoke.ondemand.periodic;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.schedule.CalendarText;
import bespoke.model.schedule.CronText;
import bespoke.model.schedule.FirstOf;
import bespoke.model.schedule.Period;
import bespoke.model.schedule.Recurrence;
import bespoke.model.schedule.ScheduleException;
import bespoke.ondemand.NotArmedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When an instance runs: the property group `periodic` (every so many seconds) or `scheduled` (at
/// times of the calendar).
///
/// @param recurrence when it is due
/// @param isPeriodic whether it counts from the last run rather than by the calendar
/// @param delay before the first run of a periodic one
/// @param jitter the most that is added to each time by chance
/// @param persistent whether a time that passed while nobody looked is made up for at once
/// @param failuresMax so many failed runs in a row lead to maintenance; 0 means never
record Timetable(
    Recurrence recurrence,
    boolean isPeriodic,
    Duration delay,
    Duration jitter,
    boolean persistent,
    int failuresMax) {
  static final String PERIODIC = "periodic";
  static final String SCHEDULED = "scheduled";

  private static final long SECONDS_MAX = Duration.ofDays(3660).toSeconds();
  private static final int FAILURES_MAX = 3;

  /// Reads the groups.
  ///
  /// @throws NotArmedException if neither is there, or what is in it is no timetable
  static Timetable of(PropertyGroups groups) throws NotArmedException {
    Optional<PropertyGroup> periodic = groups.group(PERIODIC);
    Optional<PropertyGroup> scheduled = groups.group(SCHEDULED);
    if (periodic.isPresent() == scheduled.isPresent()) {
      throw new NotArmedException(
          periodic.isPresent()
              ? "It has both a property group periodic and one scheduled; delete one."
              : "It has neither a property group periodic nor one scheduled, so it is never due.");
    }
    return periodic.isPresent() ? periodic(periodic.get()) : scheduled(scheduled.get());
  }

  private static Timetable periodic(PropertyGroup group) throws NotArmedException {
    Duration period = seconds(group, "period_seconds", -1);
    if (period.isZero() || period.isNegative()) {
      throw new NotArmedException("periodic/period_seconds has to be at least 1.");
    }
    return new Timetable(
        new Period(period),
        true,
        seconds(group, "delay_seconds", 0),
        seconds(group, "jitter_seconds", 0),
        isPersistent(group),
        failures(group));
  }

  private static Timetable scheduled(PropertyGroup group) throws NotArmedException {
    Optional<ZoneId> zone = zone(group);
    List<Recurrence> all = new ArrayList<>();
    try {
      for (String text : values(group, "calendar")) {
        all.add(CalendarText.read(text, zone));
      }
      for (String text : values(group, "cron")) {
        all.add(CronText.read(text, zone));
      }
    } catch (ScheduleException e) {
      throw new NotArmedException("The property group scheduled is wrong: " + e.getMessage() + ".");
    }
    if (all.isEmpty()) {
      throw new NotArmedException(
          "The property group scheduled has neither calendar nor cron, so it is never due.");
    }
    return new Timetable(
        new FirstOf(all),
        false,
        Duration.ZERO,
        seconds(group, "jitter_seconds", 0),
        isPersistent(group),
        failures(group));
  }

  private static Optional<ZoneId> zone(PropertyGroup group) throws NotArmedException {
    Optional<String> name = group.single("timezone").filter(text -> !text.isEmpty());
    try {
      return name.map(ZoneId::of);
    } catch (DateTimeException e) {
      throw new NotArmedException(
          "scheduled/timezone \"" + name.orElse("") + "\" is no time zone; one is Europe/Berlin.");
    }
  }

  private static List<String> values(PropertyGroup group, String name) {
    return group.property(name).map(Property::values).orElse(List.of());
  }

  private static boolean isPersistent(PropertyGroup group) {
    return group.single("persistent").map(Boolean::parseBoolean).orElse(false);
  }

  private static int failures(PropertyGroup group) throws NotArmedException {
    return (int) number(group, "failures_max", FAILURES_MAX, Integer.MAX_VALUE);
  }

  private static Duration seconds(PropertyGroup group, String name, long absent)
      throws NotArmedException {
    return Duration.ofSeconds(number(group, name, absent, SECONDS_MAX));
  }

  private static long number(PropertyGroup group, String name, long absent, long max)
      throws NotArmedException {
    Optional<String> text = group.single(name);
    if (text.isEmpty()) {
      return absent;
    }
    if (!text.get().matches("[0-9]{1,18}") || Long.parseLong(text.get()) > max) {
      throw new NotArmedException(
          group.name()
              + "/"
              + name
              + " is a number from 0 to "
              + max
              + ", not \""
              + text.get()
              + "\".");
    }
    return Long.parseLong(text.get());
  }

  /// When it is due next, without the jitter.
  ///
  /// @param now the time
  /// @param last when it ran last, if that is known
  /// @return empty when it is never due again; a time that is not after `now` means at once
  Optional<ZonedDateTime> due(ZonedDateTime now, Optional<ZonedDateTime> last) {
    if (isPeriodic && last.isEmpty()) {
      return Optional.of(now.plus(delay.isZero() ? Duration.ZERO : delay));
    }
    if (isPeriodic) {
      Optional<ZonedDateTime> next = recurrence.next(last.orElse(now));
      return next.map(time -> time.isBefore(now) && !persistent ? now.plus(delay) : time);
    }
    return recurrence.next(persistent ? last.orElse(now) : now);
  }
}
