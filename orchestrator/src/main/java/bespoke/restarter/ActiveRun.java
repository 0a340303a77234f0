package bespoke.restarter;

import bespoke.model.InstanceFmri;
import bespoke.model.MethodKind;

/// A run of a method that has not ended yet.
///
/// @param run its number
/// @param isService whether its process is the service, so that its end comes by itself
/// @param cause id of the event that led to it
record ActiveRun(
    InstanceFmri instance,
    long run,
    MethodKind kind,
    long contract,
    boolean isService,
    long cause) {}
