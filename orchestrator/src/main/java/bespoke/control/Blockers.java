package bespoke.control;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which edges hold an instance back at this moment, for a person who waits (smf.md 3.3).
final class Blockers {
  private final States states;

  Blockers(States states) {
    this.states = states;
  }

  /// An edge that is not satisfied.
  ///
  /// @param state of the entity, `absent` if there is none
  record Blocker(Dependency dependency, Entity entity, String state) {}

  /// What an offline instance waits for; empty when it waits for nothing.
  List<Blocker> of(InstanceStatus status) {
    List<Blocker> blockers = new ArrayList<>();
    for (Dependency dependency : status.definition().dependencies()) {
      switch (dependency.grouping()) {
        case REQUIRE_ALL -> requireAll(dependency, blockers);
        case REQUIRE_ANY -> requireAny(dependency, blockers);
        case OPTIONAL_ALL -> optionalAll(dependency, blockers);
        case EXCLUDE_ALL -> excludeAll(dependency, blockers);
      }
    }
    return blockers;
  }

  private void requireAll(Dependency dependency, List<Blocker> blockers) {
    for (Entity entity : dependency.entities()) {
      if (!isUp(entity)) {
        blockers.add(blocker(dependency, entity));
      }
    }
  }

  private void requireAny(Dependency dependency, List<Blocker> blockers) {
    for (Entity entity : dependency.entities()) {
      if (isUp(entity)) {
        return;
      }
    }
    for (Entity entity : dependency.entities()) {
      blockers.add(blocker(dependency, entity));
    }
  }

  private void optionalAll(Dependency dependency, List<Blocker> blockers) {
    for (Entity entity : dependency.entities()) {
      for (InstanceStatus member : members(entity)) {
        boolean mayStillCome =
            member.enabled().effective()
                && !member.runtime().state().isRunning()
                && member.runtime().state() != InstanceState.MAINTENANCE
                && new Potential(states).of(member);
        if (mayStillCome) {
          blockers.add(blocker(dependency, member.fmri()));
        }
      }
    }
  }

  private void excludeAll(Dependency dependency, List<Blocker> blockers) {
    for (Entity entity : dependency.entities()) {
      if (entity instanceof FileFmri file && states.exists(file)) {
        blockers.add(blocker(dependency, file));
      }
      for (InstanceStatus member : members(entity)) {
        InstanceState state = member.runtime().state();
        if (state != InstanceState.DISABLED && state != InstanceState.MAINTENANCE) {
          blockers.add(blocker(dependency, member.fmri()));
        }
      }
    }
  }

  private Blocker blocker(Dependency dependency, Entity entity) {
    return new Blocker(dependency, entity, EntityStates.of(entity, states));
  }

  private boolean isUp(Entity entity) {
    if (entity instanceof FileFmri file) {
      return states.exists(file);
    }
    for (InstanceStatus member : members(entity)) {
      if (member.runtime().state().isRunning()) {
        return true;
      }
    }
    return false;
  }

  private List<InstanceStatus> members(Entity entity) {
    return members(entity, states);
  }

  /// The instances that an entity stands for.
  static List<InstanceStatus> members(Entity entity, States states) {
    return switch (entity) {
      case FileFmri file -> List.of();
      case Fmri fmri ->
          switch (fmri) {
            case InstanceFmri instance -> states.status(instance).stream().toList();
            case ServiceFmri service ->
                states.instancesOf(service).stream()
                    .map(states::status)
                    .flatMap(Optional::stream)
                    .toList();
          };
    };
  }
}
