/// Copies bytes: log files with rotation, capture between tokens, ANSI stripping, the activity log.
///
/// A log that cannot be written never stops anybody: [RotatingFile] counts what it loses, says so
/// once, and tries again.
///
/// What never belongs here: reading from processes, deciding what a process does.
@NullMarked
package bespoke.supervisor.log;

import org.jspecify.annotations.NullMarked;
