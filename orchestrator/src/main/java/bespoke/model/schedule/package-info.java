/// When something is due: calendar expressions in the forms of systemd.time(7) and crontab(5), and
/// plain periods. Pure: the time comes in as an argument.
///
/// Start reading at [Recurrence]; [CalendarText] and [CronText] read the two text forms into the
/// one [CalendarRecurrence].
///
/// What never belongs here: a clock, a timer, and what is done when the time has come.
@NullMarked
package bespoke.model.schedule;

import org.jspecify.annotations.NullMarked;
