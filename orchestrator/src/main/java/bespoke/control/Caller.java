package bespoke.control;

import bespoke.model.Actor;

/// Who sends a request.
///
/// @param peer as the kernel names it
/// @param actor as the journal names it
/// @param isPrivileged whether it is root or the daemon's own user
public record Caller(Peer peer, Actor actor, boolean isPrivileged) {}
