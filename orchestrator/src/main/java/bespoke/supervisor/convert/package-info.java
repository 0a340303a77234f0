/// Turns the programs of a supervisord configuration into services of the master restarter.
///
/// [ProgramConversion] is pure: a [bespoke.supervisor.config.Configuration] in, descriptions and a
/// report of what is exact, approximated or dropped out.
///
/// What never belongs here: importing.
@NullMarked
package bespoke.supervisor.convert;

import org.jspecify.annotations.NullMarked;
