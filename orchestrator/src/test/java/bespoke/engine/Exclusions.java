package bespoke.engine;

import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import java.util.Map;

/// Who excludes whom, as the specification sees it.
record Exclusions(
    Map<InstanceFmri, InstanceDefinition> definitions, Map<InstanceFmri, InstanceState> states) {

  /// In a mutual exclusion the first does not wait for one that only waits (our rule, not SMF's).
  boolean isFirstOfTwo(InstanceFmri instance) {
    InstanceDefinition definition = definitions.get(instance);
    return definition != null
        && definition.dependencies().stream()
            .anyMatch(it ->
                it.grouping() == Grouping.EXCLUDE_ALL
                    && it.entities().stream().anyMatch(other -> excludes(other, instance)));
  }

  private boolean excludes(Object other, InstanceFmri instance) {
    InstanceDefinition definition =
        other instanceof InstanceFmri fmri ? definitions.get(fmri) : null;
    return definition != null
        && definition.dependencies().stream()
            .anyMatch(
                it -> it.grouping() == Grouping.EXCLUDE_ALL && it.entities().contains(instance));
  }

  /// Whether one that it excludes runs.
  boolean isExcluded(InstanceFmri instance) {
    InstanceDefinition definition = definitions.get(instance);
    return definition != null
        && definition.dependencies().stream()
            .filter(it -> it.grouping() == Grouping.EXCLUDE_ALL)
            .flatMap(it -> it.entities().stream())
            .anyMatch(it -> it instanceof InstanceFmri other && isUp(other));
  }

  private boolean isUp(InstanceFmri instance) {
    InstanceState state = states.get(instance);
    return state != null && state.isRunning();
  }
}
