/// Pure functions from `api` records to text: tables, trees, blocks, graph formats.
///
/// Start reading at [Table] for `svcs`, [Explanations] for `svcs -x`, `GraphFormat` for `svcgraph`.
/// The formats are those of `smf.md` 8.
///
/// What never belongs here: sockets, files, the clock (the time is a parameter).
@NullMarked
package bespoke.cli.render;

import org.jspecify.annotations.NullMarked;
