/// Tells what led to the present state, from the journal, in sentences.
///
/// [Why] is the entry. It walks from an instance's last transition to the event that caused it, to
/// the transition that caused that event, and so on until the root: a person, a process that ended
/// by itself, a file, another host, or the start of the daemon. [History] is what it asks; the
/// journal answers it.
///
/// What never belongs here: reading files, deciding, the present satisfaction of dependencies (that
/// is [bespoke.explain.Explainer], which is asked).
@NullMarked
package bespoke.explain.why;

import org.jspecify.annotations.NullMarked;
