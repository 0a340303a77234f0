/// SMF's nouns as records, enums and sealed types.
///
/// Everything here is an immutable value; nothing does I/O, knows a clock or decides. A service is
/// described by **property groups** ([PropertyGroup]), exactly as in smf(7): dependencies, methods
/// and method contexts are property groups of a certain type. Every reader (YAML, SMF XML, …)
/// produces a [ServiceDescription] of property groups, the repository stores property groups, and
/// `definition.Definitions` turns the composed property groups of one instance into the typed
/// [InstanceDefinition] that the engine and the restarter use. There is one such reading, so there
/// is one meaning.
///
/// Start reading at [Fmri], [InstanceState], [Dependency], [InstanceDefinition].
///
/// What never belongs here: files, sockets, processes, time.
@NullMarked
package bespoke.model;

import org.jspecify.annotations.NullMarked;
