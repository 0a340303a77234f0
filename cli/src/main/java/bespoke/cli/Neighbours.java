package bespoke.cli;

import bespoke.api.DependencyRecord;
import bespoke.api.EntityRecord;
import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.OperandMatcher;
import bespoke.api.Outcome;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.FmriText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What instances depend on, and what depends on them (smf.md 8.1, -d and -D).
final class Neighbours {

  private final Instances instances;
  private Outcome outcome;

  Neighbours(Session session, boolean processes) throws DaemonUnreachableException {
    Session.Answer answer =
        session.collect(
            new InstanceRequest.ListInstances(List.of(), false, true, processes), "instance");
    this.instances = new Instances(Instances.read(answer.lines()));
    this.outcome = answer.outcome();
  }

  /// How it ended, with the operands that match nothing.
  Outcome outcome() {
    return outcome;
  }

  /// What the operands depend on; no exclusions, files or absent services. An instance stands there
  /// as often as it is named.
  List<InstanceRecord> dependencies(List<String> operands) {
    List<InstanceRecord> found = new ArrayList<>();
    for (InstanceRecord instance : instances.records(matched(operands))) {
      for (DependencyRecord dependency : instance.detail().dependencies()) {
        for (EntityRecord entity : entities(dependency)) {
          found.addAll(
              FmriText.instance(entity.fmri()).isEmpty()
                  ? instances.records(instances.instancesOf(entity.fmri()))
                  : instances.records(List.of(entity.fmri())));
        }
      }
    }
    return found;
  }

  /// What depends on the operands: on a service, when it is named as such; on an instance or its
  /// service otherwise.
  List<InstanceRecord> dependents(List<String> operands) {
    List<InstanceRecord> found = new ArrayList<>();
    List<String> unmatched = new ArrayList<>();
    for (String operand : operands) {
      Set<String> targets = targets(operand);
      if (targets.isEmpty()) {
        unmatched.add(operand);
      }
      for (InstanceRecord instance : instances.records()) {
        if (names(instance, targets)) {
          found.add(instance);
        }
      }
    }
    outcome = new Outcome(outcome.error(), outcome.status(), outcome.messages(), unmatched);
    return found;
  }

  private Set<String> matched(List<String> operands) {
    List<OperandMatcher.Match> matches = new OperandMatcher(instances).matches(operands);
    outcome =
        new Outcome(
            outcome.error(),
            outcome.status(),
            outcome.messages(),
            OperandMatcher.unmatched(matches));
    return OperandMatcher.union(matches);
  }

  /// The entities that a dependency on the operand may name.
  private Set<String> targets(String operand) {
    Set<String> targets = new LinkedHashSet<>();
    String fmri = OperandMatcher.canonical(operand);
    if (!instances.instancesOf(fmri).isEmpty()) {
      targets.add(fmri);
      return targets;
    }
    for (String service : instances.services()) {
      if (service.endsWith("/" + operand)) {
        targets.add(service);
      }
    }
    if (!targets.isEmpty()) {
      return targets;
    }
    for (String instance : new OperandMatcher(instances).match(operand).fmris()) {
      targets.add(instance);
      targets.add(FmriText.serviceFmri(instance));
    }
    return targets;
  }

  private static boolean names(InstanceRecord instance, Set<String> targets) {
    for (DependencyRecord dependency : instance.detail().dependencies()) {
      for (EntityRecord entity : entities(dependency)) {
        if (targets.contains(entity.fmri())) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<EntityRecord> entities(DependencyRecord dependency) {
    return dependency.grouping().equals("exclude_all") ? List.of() : dependency.entities();
  }
}
