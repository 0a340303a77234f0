package bespoke.control;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// What `svcadm enable -r` enables: the instance, what it requires, and so on (svcadm(8)).
///
/// Followed are all entities of `require_all` groups, the only candidate of a `require_any` group,
/// and the restarter. Optional and excluded ones are not.
final class EnableClosure {
  private final States states;
  private final Map<InstanceFmri, InstanceStatus> members = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  EnableClosure(States states) {
    this.states = states;
  }

  /// Walks from an instance.
  ///
  /// @return a message when it needs itself
  Optional<String> walk(InstanceStatus start) {
    ArrayDeque<InstanceStatus> queue = new ArrayDeque<>();
    members.put(start.fmri(), start);
    queue.add(start);
    boolean cycle = false;
    while (!queue.isEmpty()) {
      for (InstanceStatus required : required(queue.remove())) {
        cycle |= required.fmri().equals(start.fmri());
        if (members.putIfAbsent(required.fmri(), required) == null) {
          queue.add(required);
        }
      }
    }
    return cycle ? Optional.of(start.fmri() + ": Dependency cycle detected.") : Optional.empty();
  }

  private List<InstanceStatus> required(InstanceStatus status) {
    List<InstanceStatus> required = new ArrayList<>();
    status
        .definition()
        .restarter()
        .filter(restarter -> !restarter.equals(InstanceDefinition.MASTER_RESTARTER))
        .flatMap(states::status)
        .ifPresent(required::add);
    for (Dependency dependency : status.definition().dependencies()) {
      if (dependency.grouping() == Grouping.REQUIRE_ALL) {
        dependency.entities().forEach(entity -> single(status, entity, required));
      } else if (dependency.grouping() == Grouping.REQUIRE_ANY) {
        any(status, dependency, required);
      }
    }
    return required;
  }

  private void single(InstanceStatus status, Entity entity, List<InstanceStatus> required) {
    List<InstanceStatus> candidates = Blockers.members(entity, states);
    if (candidates.size() > 1) {
      warnings.add(status.fmri() + " depends on " + entity + ", which has multiple instances.");
    } else {
      required.addAll(candidates);
    }
  }

  private void any(InstanceStatus status, Dependency dependency, List<InstanceStatus> required) {
    List<InstanceStatus> candidates = new ArrayList<>();
    for (Entity entity : dependency.entities()) {
      switch (entity) {
        case FileFmri file -> {}
        case Fmri fmri -> candidates.addAll(Blockers.members(fmri, states));
      }
    }
    if (candidates.size() <= 1) {
      required.addAll(candidates);
    } else if (candidates.stream().noneMatch(candidate -> candidate.enabled().effective())) {
      StringJoiner list = new StringJoiner("\n  ", status.fmri() + " requires one of:\n  ", "");
      candidates.forEach(candidate -> list.add(candidate.fmri().toString()));
      notes.add(list.toString());
    }
  }

  Collection<InstanceStatus> members() {
    return members.values();
  }

  /// For standard output.
  List<String> notes() {
    return notes;
  }

  /// For standard error.
  List<String> warnings() {
    return warnings;
  }
}
