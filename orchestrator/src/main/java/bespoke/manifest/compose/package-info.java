/// Reads the compose format (compose-spec.io): services become services of the master restarter,
/// and their commands run as processes of this machine.
///
/// [ComposeNodes] turns bytes into located nodes, with aliases and merge keys followed within
/// limits; [Interpolation] replaces `${…}`; [ServiceMapping] fills the property groups of one
/// service, [Links] its dependencies. What belongs to containers (images, networks, volumes, ports)
/// is in the report as dropped, with a reason.
///
/// What never belongs here: asking anybody outside of the offered files; the environment of the
/// daemon is not read.
@NullMarked
package bespoke.manifest.compose;

import org.jspecify.annotations.NullMarked;
