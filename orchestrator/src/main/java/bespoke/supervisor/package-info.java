/// The supervisord equivalent: a process supervisor with supervisord's configuration, process
/// states, remote interface, web pages and event listeners.
///
/// It is its own program (`Supervisord`), usable alone as a drop-in or as a delegated restarter
/// under bespoke. Sub-packages decide or do, never both:
///
/// | package | in one sentence |
/// | --- | --- |
/// | `config` | Reads configuration files and the command line into immutable records. |
/// | `process` | Decides: the process state machine, events in and orders out; no I/O, no clock. |
/// | `event` | Decides: event types, payloads, listener pools and the listener protocol. |
/// | `log` | Copies bytes: rotation, capture, ANSI stripping, syslog, the activity log. |
/// | `server` | Does: the one loop that owns all state, spawning, pipes, timers, reload. |
/// | `rpc` | The XML-RPC codec and the methods with their faults. |
/// | `http` | The HTTP servers, authentication, log tails and web pages. |
/// | `ctl` | The client, supervisorctl. |
///
/// Invariants: one thread owns every mutable thing in `server`; a process's true exit time decides
/// its next state; a configuration that does not read changes nothing.
///
/// What never belongs here: native calls (they are in `bespoke.os`), the graph engine.
@NullMarked
package bespoke.supervisor;

import org.jspecify.annotations.NullMarked;
