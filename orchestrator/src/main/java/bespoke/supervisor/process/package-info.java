/// Decides what happens to a process: a pure state machine, events in and orders out.
///
/// [ProcessMachine] is the machine, [ProcessStatus] what it remembers, [ProcessEvent] what it is
/// told and [ProcessOrder] what it wants done. The states are supervisord's:
///
/// ```
///            start              stayed up > startsecs
///  STOPPED ────────▶ STARTING ─────────────────────────▶ RUNNING ──ended──▶ EXITED
///  EXITED             │   ▲  │                             │                  │ autorestart
///  FATAL   ended early│   │  │stop                         │stop              ▼
///                     ▼   │  ▼                             ▼               STARTING
///                   BACKOFF  STOPPING ───── ended ─────▶ STOPPED
///                     │ failures > startretries
///                     ▼
///                   FATAL
/// ```
///
/// Two rules go beyond supervisord. The true exit time decides whether a start was good, never the
/// moment somebody looked. And a process is followed to its end with everything it started: what is
/// left in its contract gets the stop signal, then SIGKILL, before a stop counts as done and before
/// the next start.
///
/// What never belongs here: I/O, clocks, threads; time arrives inside calls.
@NullMarked
package bespoke.supervisor.process;

import org.jspecify.annotations.NullMarked;
