/// Tells what a start of the machine spent its time on, from the transitions that were recorded.
///
/// [Boot] measures; the arithmetic is that of [bespoke.graph.analysis.CriticalPath].
///
/// What never belongs here: reading the journal, predicting (that is `plan`).
@NullMarked
package bespoke.explain.boot;

import org.jspecify.annotations.NullMarked;
