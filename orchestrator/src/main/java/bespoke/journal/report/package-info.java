/// What a report takes along: entries of the journal without secrets, with which the engine still
/// decides the same.
///
/// What never belongs here: files, archives, properties; `bespoke.daemon` puts the report together.
/// Start reading at [Redaction]; what counts as a secret stands in [Secrets].
@NullMarked
package bespoke.journal.report;

import org.jspecify.annotations.NullMarked;
