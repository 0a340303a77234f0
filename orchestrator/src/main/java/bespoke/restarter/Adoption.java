package bespoke.restarter;

import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;
import java.util.OptionalLong;

/// A contract of an earlier daemon that an instance still uses.
///
/// @param contract its number
/// @param primary the instance's own contract: the same number, or another one when this is the
///   contract of a stop or refresh method
/// @param run the method run that was under way in it, if any; also the endless one of a `child`
///   service
/// @param kind of that run
/// @param pid of that run's process, if it is known; without one, it is looked for
/// @param isService whether that process is the service itself
/// @param isReady whether the instance had been online
/// @param cause id of the event that led to the instance's last transition, or 0
public record Adoption(
    InstanceFmri instance,
    long contract,
    long primary,
    OptionalLong run,
    MethodKind kind,
    OptionalLong pid,
    boolean isService,
    boolean isReady,
    long cause) {}
