package bespoke.graph.analysis;

import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Looks at what dependencies name: absent, disabled, or used by nobody.
final class ReferenceCheck {

  /// For so many missing services a similar name is looked for; each costs a look at all names.
  private static final int NAMES_SOUGHT_MAX = 200;

  private final InstanceGraph graph;
  private final Predicate<InstanceFmri> enabled;
  private final List<String> services;
  private final List<Finding> findings = new ArrayList<>();
  private int namesSought;

  ReferenceCheck(InstanceGraph graph, Predicate<InstanceFmri> enabled) {
    this.graph = graph;
    this.enabled = enabled;
    this.services = graph.services().stream().map(ServiceFmri::toString).toList();
  }

  List<Finding> findings() {
    for (InstanceFmri instance : graph.instances()) {
      graph.groupsOf(instance).forEach(group -> check(instance, group));
      if (!enabled.test(instance) && graph.requirements().inDegreeOf(instance) == 0) {
        findings.add(
            new Finding(
                Finding.Severity.INFO,
                Finding.Rule.UNUSED,
                instance,
                "it is disabled and nothing depends on it; delete it if it is not wanted",
                graph.definition(instance).origin()));
      }
    }
    return findings;
  }

  private void check(InstanceFmri instance, Dependency group) {
    if (group.grouping() == Grouping.EXCLUDE_ALL || group.isPath()) {
      return;
    }
    for (Entity entity : group.entities()) {
      if (isAbsent(entity)) {
        findings.add(absent(instance, group, entity));
      }
    }
    if (enabled.test(instance)) {
      checkEnabled(instance, group);
    }
  }

  private boolean isAbsent(Entity entity) {
    return graph.instancesOf(entity).isEmpty();
  }

  private Finding absent(InstanceFmri instance, Dependency group, Entity entity) {
    Finding.Severity severity =
        switch (group.grouping()) {
          case REQUIRE_ALL -> Finding.Severity.ERROR;
          case REQUIRE_ANY ->
              group.entities().stream().allMatch(this::isAbsent)
                  ? Finding.Severity.ERROR
                  : Finding.Severity.WARNING;
          case OPTIONAL_ALL, EXCLUDE_ALL -> Finding.Severity.INFO;
        };
    return new Finding(
        severity,
        Finding.Rule.MISSING_DEPENDENCY,
        instance,
        "dependency \""
            + group.name()
            + "\" ("
            + group.grouping()
            + ") names "
            + entity
            + ", which does not exist; "
            + advice(entity),
        group.origin());
  }

  private String advice(Entity entity) {
    return switch (entity) {
      case InstanceFmri missing -> instanceAdvice(missing);
      case ServiceFmri missing -> serviceAdvice(missing);
      case FileFmri file -> "create it";
    };
  }

  private String instanceAdvice(InstanceFmri missing) {
    List<InstanceFmri> others = graph.instancesOf(missing.serviceFmri());
    if (others.isEmpty()) {
      return serviceAdvice(missing.serviceFmri());
    }
    List<String> names = others.stream().map(InstanceFmri::toString).toList();
    return "did you mean "
        + NearestName.of(missing.toString(), names).orElse(names.getFirst())
        + "?";
  }

  private String serviceAdvice(ServiceFmri missing) {
    List<String> known = ++namesSought <= NAMES_SOUGHT_MAX ? services : List.of();
    return NearestName.of(missing.toString(), known)
        .map(name -> "did you mean " + name + "?")
        .orElse("import it, or remove the dependency");
  }

  private void checkEnabled(InstanceFmri instance, Dependency group) {
    List<Entity> members = group.entities();
    Stream<Entity> off =
        switch (group.grouping()) {
          case REQUIRE_ALL -> members.stream().filter(this::isDisabled);
          case REQUIRE_ANY ->
              members.stream().allMatch(this::isDisabled) ? members.stream() : Stream.empty();
          case OPTIONAL_ALL, EXCLUDE_ALL -> Stream.empty();
        };
    off.forEach(entity -> findings.add(disabled(instance, group, entity)));
  }

  private boolean isDisabled(Entity entity) {
    return entity instanceof Fmri
        && !isAbsent(entity)
        && graph.instancesOf(entity).stream().noneMatch(enabled);
  }

  private static Finding disabled(InstanceFmri instance, Dependency group, Entity entity) {
    return new Finding(
        Finding.Severity.WARNING,
        Finding.Rule.DISABLED_DEPENDENCY,
        instance,
        "it is enabled but cannot start, because dependency \""
            + group.name()
            + "\" requires "
            + entity
            + ", which is disabled; enable that, or both with \"svcadm enable -r "
            + instance
            + "\"",
        group.origin());
  }
}
