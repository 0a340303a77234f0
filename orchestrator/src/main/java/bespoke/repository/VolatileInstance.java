package bespoke.repository;

import bespoke.model.RuntimeState;

/// What the volatile store remembers of an instance.
///
/// @param runtime its state
/// @param cause id of the event that led to it
public record VolatileInstance(RuntimeState runtime, long cause) {}
