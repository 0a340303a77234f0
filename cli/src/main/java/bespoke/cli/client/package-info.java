/// Speaks `api` over the control socket. Start reading at [Connection].
///
/// What never belongs here: printing, options, decisions about exit statuses.
@NullMarked
package bespoke.cli.client;

import org.jspecify.annotations.NullMarked;
