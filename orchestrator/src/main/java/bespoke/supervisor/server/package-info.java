/// Does: owns all groups and processes, and carries out what their state machines order.
///
/// Everything here runs on one thread, the [Loop]'s: it waits for pipes, timers and requests at
/// once, so nothing needs a lock. Others reach the state with [Loop#call]. [Supervision] is the
/// whole; [ManagedProcess] connects one state machine to its process, pipes and logs.
///
/// Output goes through named pipes in a private directory. Each process holds its own ends open for
/// reading and writing, so the server's death neither ends a program nor loses its output: what it
/// writes waits in the pipe until the next server has opened it again.
///
/// What never belongs here: decisions about states (they are in `process`), XML-RPC, HTTP.
@NullMarked
package bespoke.supervisor.server;

import org.jspecify.annotations.NullMarked;
