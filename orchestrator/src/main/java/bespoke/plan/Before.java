package bespoke.plan;

import bespoke.engine.Engine;
import bespoke.graph.InstanceVertex;
import bespoke.graph.Satisfied;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How every instance was before something was asked.
///
/// @param unmet those whose dependencies were not satisfied
record Before(Map<InstanceFmri, InstanceStatus> statuses, Set<InstanceFmri> unmet) {

  static Before of(Engine engine) {
    Map<InstanceFmri, InstanceStatus> statuses = new HashMap<>();
    Set<InstanceFmri> unmet = new HashSet<>();
    for (InstanceStatus status : engine.statuses()) {
      statuses.put(status.fmri(), status);
      if (isUnmet(status.fmri(), engine)) {
        unmet.add(status.fmri());
      }
    }
    return new Before(statuses, unmet);
  }

  /// Whether its dependencies are not satisfied now.
  static boolean isUnmet(InstanceFmri instance, Engine engine) {
    InstanceVertex vertex = engine.graph().instance(instance);
    return vertex != null && vertex.dependencies() != Satisfied.YES;
  }

  Optional<InstanceStatus> of(InstanceFmri instance) {
    return Optional.ofNullable(statuses.get(instance));
  }

  boolean isRunning(InstanceFmri instance) {
    return state(instance).isRunning();
  }

  InstanceState state(InstanceFmri instance) {
    return of(instance).map(it -> it.runtime().state()).orElse(InstanceState.UNINITIALIZED);
  }

  /// Whether it could not run though it should.
  boolean wasLost(InstanceFmri instance) {
    return of(instance)
        .map(it -> it.enabled().effective() && !it.runtime().state().isRunning())
        .orElse(false);
  }
}
