/// The plain table of `svcs`, which two programs must print byte for byte alike: the command, and
/// the daemon, which keeps it ready for the launcher (`docs/performance.md`).
///
/// Pure functions from records to text. What never belongs here: files of the daemon, options,
/// anything that only one side needs. Start reading at [PlainTable].
@NullMarked
package bespoke.api.listing;

import org.jspecify.annotations.NullMarked;
