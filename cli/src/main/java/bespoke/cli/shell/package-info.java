/// The language of `svccfg` (smf.md 8.5): words, selection and subcommands.
///
/// Start reading at [ConfigurationShell]. Each family of subcommands is a class that turns words
/// into requests.
///
/// What never belongs here: the command line's own options, exit statuses.
@NullMarked
package bespoke.cli.shell;

import org.jspecify.annotations.NullMarked;
