/// Reads supervisord's configuration files and command line into immutable records.
///
/// [IniParser] turns text into an [Ini]; [Expansion] replaces `%(name)s`; [SectionReader] gives
/// typed values; [ConfigurationReader] puts it all together into a [Configuration]. Comparing two
/// configurations is comparing records. Every mistake is a [ConfigurationException] worded for the
/// operator; the reader reports the mistakes of all sections at once.
///
/// What never belongs here: opening logs or sockets, starting anything.
@NullMarked
package bespoke.supervisor.config;

import org.jspecify.annotations.NullMarked;
