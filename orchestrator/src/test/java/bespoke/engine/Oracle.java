package bespoke.engine;

import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Satisfaction as smf.md 3.2 and 3.3 say it, by plain recursion over states: slow, obvious, and
/// written without looking at the engine's counters.
record Oracle(
    Map<InstanceFmri, InstanceDefinition> definitions,
    Map<InstanceFmri, EnabledSetting> settings,
    Map<InstanceFmri, InstanceState> states) {

  /// 1 satisfied, 0 not now, -1 not without an administrator.
  int total(InstanceFmri instance) {
    InstanceDefinition definition = definitions.get(instance);
    int worst = 1;
    if (definition != null) {
      for (Dependency dependency : definition.dependencies()) {
        worst = Math.min(worst, group(dependency));
      }
    }
    return worst;
  }

  private int group(Dependency dependency) {
    List<Integer> members = new ArrayList<>();
    for (Entity entity : dependency.entities()) {
      members.add(member(dependency.grouping(), entity));
    }
    return dependency.grouping() == Grouping.REQUIRE_ANY ? any(members) : all(members);
  }

  private int member(Grouping grouping, Entity entity) {
    return switch (entity) {
      case FileFmri _ -> throw new IllegalArgumentException("no files here");
      case InstanceFmri instance -> instance(grouping, instance);
      case ServiceFmri service -> {
        List<Integer> values = new ArrayList<>();
        for (InstanceFmri instance : definitions.keySet()) {
          if (instance.serviceFmri().equals(service)) {
            values.add(instance(grouping, instance));
          }
        }
        boolean requires = grouping == Grouping.REQUIRE_ALL || grouping == Grouping.REQUIRE_ANY;
        yield requires ? (values.isEmpty() ? -1 : any(values)) : all(values);
      }
    };
  }

  private int instance(Grouping grouping, InstanceFmri instance) {
    return switch (grouping) {
      case REQUIRE_ALL, REQUIRE_ANY -> required(instance);
      case OPTIONAL_ALL -> optional(instance);
      case EXCLUDE_ALL -> excluded(instance);
    };
  }

  private int required(InstanceFmri instance) {
    return switch (state(instance)) {
      case ONLINE, DEGRADED -> isEnabled(instance) ? 1 : -1; // an administrator takes it down
      case UNINITIALIZED -> 0;
      case OFFLINE -> !isEnabled(instance) || total(instance) == -1 ? -1 : 0;
      case DISABLED -> isEnabled(instance) ? (total(instance) == -1 ? -1 : 0) : -1;
      case MAINTENANCE, LEGACY_RUN -> -1;
    };
  }

  private int optional(InstanceFmri instance) {
    if (!definitions.containsKey(instance)) {
      return 1;
    }
    return switch (state(instance)) {
      case MAINTENANCE -> 1;
      case ONLINE, DEGRADED -> isEnabled(instance) ? 1 : 0;
      case UNINITIALIZED, LEGACY_RUN -> 0;
      case OFFLINE, DISABLED -> isEnabled(instance) ? (total(instance) == -1 ? 1 : 0) : 1;
    };
  }

  private int excluded(InstanceFmri instance) {
    if (!definitions.containsKey(instance)) {
      return 1;
    }
    return switch (state(instance)) {
      case DISABLED, MAINTENANCE -> 1;
      case ONLINE, DEGRADED -> isEnabled(instance) ? -1 : 0;
      case OFFLINE, UNINITIALIZED, LEGACY_RUN -> 0;
    };
  }

  private boolean isEnabled(InstanceFmri instance) {
    EnabledSetting setting = settings.get(instance);
    return setting != null && setting.effective();
  }

  private InstanceState state(InstanceFmri instance) {
    if (!definitions.containsKey(instance)) {
      return InstanceState.MAINTENANCE; // absent: not without an administrator
    }
    InstanceState state = states.get(instance);
    return state == null ? InstanceState.UNINITIALIZED : state;
  }

  private static int all(List<Integer> values) {
    int worst = 1;
    for (int value : values) {
      worst = Math.min(worst, value);
    }
    return worst;
  }

  private static int any(List<Integer> values) {
    int best = values.isEmpty() ? 1 : -1;
    for (int value : values) {
      best = Math.max(best, value);
    }
    return best;
  }
}
