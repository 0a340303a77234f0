package bespoke.repository;

import bespoke.model.Fmri;
import java.util.Optional;
import java.util.Set;

/// What a list of edits did, or would do.
///
/// @param applied how many edits, from the first, are durable now
/// @param refusedAt the position of the refused edit, from 0; -1 if there is none
/// @param problem why the next one was refused, in the words of svccfg(8); empty if all were made
/// @param changed services and instances whose configuration is another now
/// @param removed services and instances that are gone
public record EditReport(
    int applied, int refusedAt, Optional<String> problem, Set<Fmri> changed, Set<Fmri> removed) {}
