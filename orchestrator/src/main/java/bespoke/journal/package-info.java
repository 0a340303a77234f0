/// Writes the journal: every event with its cause and actor, and the transitions it led to.
///
/// Records are numbered by their event's id, so the chain of causes can be followed backwards;
/// `svcs why`, `svcs history`, boot analysis and replay read it. The other decisions are not kept:
/// the engine reproduces them from the same events.
///
/// Start reading at [Journal], then `EventCodec`.
///
/// What never belongs here: deciding anything; the format of files (`bespoke.repository` has that).
@NullMarked
package bespoke.journal;

import org.jspecify.annotations.NullMarked;
