package bespoke.plan;

import bespoke.engine.Engine;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How every instance was before something was asked.
record Before(Map<InstanceFmri, InstanceStatus> statuses) {

  static Before of(Engine engine) {
    Map<InstanceFmri, InstanceStatus> statuses = new HashMap<>();
    engine.statuses().forEach(status -> statuses.put(status.fmri(), status));
    return new Before(statuses);
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
