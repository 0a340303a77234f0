package bespoke.control;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether an instance can still come online as things are (svcadm(8) `-s`; smf.md 8.3): what it
/// depends on is running, or enabled and can itself come.
///
/// Works from the leaves up without recursion, so a long chain costs no stack: first it collects
/// what is reachable, then it settles verdicts, what was found last first, until none changes. Who
/// waits in a circle cannot come.
final class Potential {
  private final States states;
  private final LinkedHashMap<InstanceFmri, InstanceStatus> reachable = new LinkedHashMap<>();
  private final Set<InstanceFmri> able = new HashSet<>();

  Potential(States states) {
    this.states = states;
  }

  /// Whether the instance can come online, given that it is enabled.
  boolean of(InstanceStatus status) {
    reachable.clear();
    able.clear();
    collect(status);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (InstanceStatus candidate : reachable.sequencedValues().reversed()) {
        if (!able.contains(candidate.fmri()) && canCome(candidate)) {
          able.add(candidate.fmri());
          changed = true;
        }
      }
    }
    return able.contains(status.fmri());
  }

  private void collect(InstanceStatus start) {
    ArrayDeque<InstanceStatus> queue = new ArrayDeque<>();
    queue.add(start);
    reachable.put(start.fmri(), start);
    while (!queue.isEmpty()) {
      InstanceStatus status = queue.remove();
      restarter(status).ifPresent(restarter -> reach(restarter, queue));
      for (Dependency dependency : status.definition().dependencies()) {
        for (Entity entity : dependency.entities()) {
          Blockers.members(entity, states).forEach(member -> reach(member, queue));
        }
      }
    }
  }

  private void reach(InstanceStatus status, ArrayDeque<InstanceStatus> queue) {
    boolean needsLook = !status.runtime().state().isRunning();
    if (reachable.putIfAbsent(status.fmri(), status) == null && needsLook) {
      queue.add(status);
    }
  }

  private boolean canCome(InstanceStatus status) {
    InstanceState state = status.runtime().state();
    if (state.isRunning()) {
      return true;
    }
    if (!status.enabled().effective() || state == InstanceState.MAINTENANCE) {
      return false;
    }
    return restarterCan(status)
        && status.definition().dependencies().stream().allMatch(this::canBeSatisfied);
  }

  private Optional<InstanceStatus> restarter(InstanceStatus status) {
    return status
        .definition()
        .restarter()
        .filter(fmri -> !fmri.equals(InstanceDefinition.MASTER_RESTARTER))
        .flatMap(states::status);
  }

  private boolean restarterCan(InstanceStatus status) {
    Optional<InstanceFmri> fmri =
        status
            .definition()
            .restarter()
            .filter(restarter -> !restarter.equals(InstanceDefinition.MASTER_RESTARTER));
    return fmri.isEmpty() || able.contains(fmri.get());
  }

  private boolean canBeSatisfied(Dependency dependency) {
    if (dependency.entities().isEmpty()) {
      return true;
    }
    return switch (dependency.grouping()) {
      case REQUIRE_ANY -> dependency.entities().stream().anyMatch(this::isGood);
      case REQUIRE_ALL -> dependency.entities().stream().allMatch(this::isGood);
      case OPTIONAL_ALL -> true; // what is off, broken or on its way is fine
      case EXCLUDE_ALL -> dependency.entities().stream().noneMatch(this::isInTheWay);
    };
  }

  private boolean isGood(Entity entity) {
    if (entity instanceof FileFmri file) {
      return states.exists(file);
    }
    List<InstanceStatus> members = Blockers.members(entity, states);
    return members.stream().anyMatch(member -> able.contains(member.fmri()));
  }

  private boolean isInTheWay(Entity entity) {
    return switch (entity) {
      case FileFmri file -> states.exists(file);
      case Fmri fmri ->
          Blockers.members(fmri, states).stream()
              .anyMatch(member ->
                  member.enabled().effective()
                      && member.runtime().state() != InstanceState.MAINTENANCE);
    };
  }
}
