/// Decides about events: their types and payloads, the listener pools with their buffers, and the
/// protocol that listeners speak on their standard input and output.
///
/// Start reading at [EventType] and [EventPool].
///
/// What never belongs here: pipes, processes, time.
@NullMarked
package bespoke.supervisor.event;

import org.jspecify.annotations.NullMarked;
