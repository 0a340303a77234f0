package bespoke.engine;

import bespoke.model.InstanceFmri;

/// What may run (smf.md 4.7): everything, nothing, or one instance and all it needs.
public sealed interface Milestone {

  /// No restriction.
  record All() implements Milestone {}

  /// Nothing.
  record None() implements Milestone {}

  /// The instance and everything reachable through its dependencies, exclusions aside.
  record Of(InstanceFmri instance) implements Milestone {}
}
