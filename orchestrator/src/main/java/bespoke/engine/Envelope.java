package bespoke.engine;

import bespoke.model.Actor;
import java.util.Optional;

/// An event with its place in history.
///
/// @param id rising, unique for the life of the journal
/// @param atEpochMillis wall clock, for people
/// @param nanos a clock that never goes back, for measuring (System.nanoTime of the daemon that
///   wrote it)
/// @param cause id of the event that led to this one, or 0 for a root: a person, boot, a file, a
///   process that exited by itself
/// @param actor who asked, where a person did
/// @param event the fact
public record Envelope(
    long id, long atEpochMillis, long nanos, long cause, Optional<Actor> actor, Event event) {}
