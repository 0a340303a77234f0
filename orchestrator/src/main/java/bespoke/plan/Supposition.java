package bespoke.plan;

import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import java.time.Duration;

/// Something that might happen: what `svcgraph what-if` supposes.
public sealed interface Supposition {

  /// All its processes die, and from then on each start of it fails at once. One that runs without
  /// processes is put into maintenance instead.
  record Fails(InstanceFmri instance) implements Supposition {}

  /// All its processes die once.
  record Dies(InstanceFmri instance) implements Supposition {}

  /// A person disables or enables it.
  record Enabled(InstanceFmri instance, boolean enabled) implements Supposition {}

  /// A person restarts it.
  record Restarted(InstanceFmri instance) implements Supposition {}

  /// A file appears or vanishes.
  record FileIs(FileFmri file, boolean exists) implements Supposition {}

  /// Its starts take so long.
  ///
  /// @param duration from now on; a difference, which may be negative, if `isRelative`
  record Takes(InstanceFmri instance, Duration duration, boolean isRelative)
      implements Supposition {}

  /// It no longer depends on something.
  ///
  /// @param to as a dependency of it names it, or an instance of a service that one names
  record WithoutEdge(InstanceFmri instance, Entity to) implements Supposition {}
}
