/// The client, supervisorctl: the commands, output and exit statuses of the stock one.
///
/// [Supervisorctl] reads the command line, [Session] is a conversation with one server, the
/// `…Commands` classes hold one method a command, [Shell] reads commands from a person, with the
/// editor of `bespoke.terminal` where there is a terminal. It needs nothing of the server but the
/// remote interface, so it works against a real supervisord as well.
///
/// What never belongs here: anything that is not in the remote interface.
@NullMarked
package bespoke.supervisor.ctl;

import org.jspecify.annotations.NullMarked;
