/// Reads systemd's unit files (systemd.unit(5)) into the model, with a line of the report for every
/// directive.
///
/// Four steps, each of which sees only values:
///
/// 1. `UnitParser` takes one file apart into [Assignment]s;
/// 2. `UnitSet` joins files into units: fragments by the priority of their directories, drop-ins in
///    order, aliases, masks, `.wants` and `.requires` links, instances of templates;
/// 3. `Activation` says which units a boot would start, `Relations` and `Ordering` turn what they
///    say of each other into dependencies that form no cycle;
/// 4. a mapping for each kind of unit (`ServiceMapping`, `TargetMapping`, `TimerMapping`,
///    `SocketMapping`, `PathMapping`) makes property groups.
///
/// Invariant: every assignment of every file has exactly one note in `Report` when reading ends.
/// What no mapping has taken is noted by `Leftovers`, so nothing is lost silently.
///
/// `foo.service` is `svc:/systemd/foo:default`, `foo@bar.service` is `svc:/systemd/foo:bar`, other
/// kinds have their own place: `svc:/systemd/timer/foo:default`. Everything is said at the
/// instance, because `foo.service` and `foo@.service` share a service and nothing else.
///
/// Start reading at [SystemdReader]. What never belongs here: opening files, whether a directive
/// makes sense on this machine, running anything.
@NullMarked
package bespoke.manifest.systemd;

import org.jspecify.annotations.NullMarked;
