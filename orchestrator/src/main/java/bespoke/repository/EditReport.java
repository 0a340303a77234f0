package bespoke.repository;

import bespoke.model.Fmri;
import java.util.Optional;
import java.util.Set;

/// What a list of edits did.
///
/// @param applied how many edits, from the first, are durable now
/// @param problem why the next one was refused, in the words of svccfg(8); empty if all were made
/// @param changed services and instances whose configuration is another now
/// @param removed services and instances that are gone
public record EditReport(
    int applied, Optional<String> problem, Set<Fmri> changed, Set<Fmri> removed) {}
