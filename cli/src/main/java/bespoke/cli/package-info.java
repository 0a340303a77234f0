/// One class per command; [Main] finds the one that was called.
///
/// A command builds its picocli model in code (annotations would cost 40 ms), asks the daemon
/// through `client`, hands the records to `render`, and answers with an exit status: 0 done, 1
/// failed, 2 usage, 3 and 4 as `svcadm -s`, 111 daemon not reachable.
///
/// Start-up counts here: nothing on the way of a plain `svcs` uses lambdas, `String.format` or
/// regular expressions.
///
/// What never belongs here: anything of the daemon but its `api`.
@NullMarked
package bespoke.cli;

import org.jspecify.annotations.NullMarked;
