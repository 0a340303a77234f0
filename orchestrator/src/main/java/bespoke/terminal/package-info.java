/// Asks a person for lines: with editing, history and completion on a terminal, plainly elsewhere.
///
/// Start reading at [LineEditor]. JLine is behind it and is loaded only when a person types, so
/// that scripts start as fast as before and work where its jars are not.
///
/// What never belongs here: what the lines mean.
@NullMarked
package bespoke.terminal;

import org.jspecify.annotations.NullMarked;
