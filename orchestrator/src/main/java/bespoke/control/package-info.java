/// Serves [bespoke.api] over the control socket: reads requests, asks who is there, checks what
/// that person may do, turns requests into the engine's events and answers with records.
///
/// Start reading at [ControlServer] (connections and their limits), then [Requests] (one request to
/// one answer). Behind it, a class for each family of operations. What they need of the daemon is
/// one interface, [Machine], so that this package knows no thread, no store and no process.
///
/// What never belongs here: a decision about a service; a native call; the wall clock.
///
/// Invariants: whatever a client sends or fails to send, the worst that happens is that its own
/// connection is closed; an operation that changes something is refused unless [Authorizer] allows
/// it, each time anew; what was answered as done is durable.
@NullMarked
package bespoke.control;

import org.jspecify.annotations.NullMarked;
