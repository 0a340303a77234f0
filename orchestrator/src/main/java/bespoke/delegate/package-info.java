/// The other end of the restarter protocol (`docs/restarter-protocol.md`, smf_restarter(7)): what a
/// delegated restarter in a process of its own needs to speak with the daemon.
///
/// [RestarterConnection] registers over the control socket, hands the daemon's orders on and sends
/// states back as [InstanceReport]s; [OwnedProperties] asks for the configuration of an instance.
///
/// What never belongs here: what a particular restarter does with its instances, and dependencies,
/// which the daemon alone looks at.
@NullMarked
package bespoke.delegate;

import org.jspecify.annotations.NullMarked;
