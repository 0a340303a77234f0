/// A small JSON codec: a strict, bounded reader and a writer, for lines of the control socket.
///
/// Why not Jackson: a command lives 50 ms, and Jackson's start-up alone costs 60. So nothing here
/// uses reflection, lambdas, regular expressions or `String.format`, and nothing keeps state
/// between lines.
///
/// What never belongs here: data binding, comments, fractions (the protocol counts in whole
/// milliseconds and bytes). Start reading at [JsonObject].
@NullMarked
package bespoke.api.json;

import org.jspecify.annotations.NullMarked;
