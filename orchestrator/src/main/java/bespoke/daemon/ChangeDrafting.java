package bespoke.daemon;

import bespoke.api.ProblemRecord;
import bespoke.change.ChangeGraph;
import bespoke.change.Difference;
import bespoke.change.Member;
import bespoke.change.OnChange;
import bespoke.change.PropertyDifference;
import bespoke.control.Configuration;
import bespoke.graph.analysis.Check;
import bespoke.graph.analysis.Finding;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.Fmri;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.PropertyGroups;
import bespoke.repository.ImportPlan;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Works out what an import means for the instances, and whether the whole graph would be sound.
final class ChangeDrafting {
  private final Repository repository;
  private final KnownDefinitions definitions;
  private final Map<InstanceFmri, InstanceStatus> statuses = new LinkedHashMap<>();

  /// @param now every instance
  ChangeDrafting(Repository repository, KnownDefinitions definitions, List<InstanceStatus> now) {
    this.repository = repository;
    this.definitions = definitions;
    now.forEach(status -> statuses.put(status.fmri(), status));
  }

  /// What was worked out.
  ///
  /// @param report for the person; with an error it must not be made
  record Draft(ChangeEntry.Content content, Configuration.Report report) {
    boolean isRefused() {
      return report.hasErrors();
    }

    boolean isNothing() {
      return content.members().isEmpty() && content.before().equals(content.after());
    }
  }

  Draft draft(ServiceImport.Prepared prepared) throws RepositoryException {
    if (prepared.report().hasErrors()) {
      return new Draft(ChangeEntry.Content.NONE, prepared.report());
    }
    ImportPlan plan = prepared.plan();
    Map<InstanceFmri, InstanceDefinition> all = new LinkedHashMap<>();
    definitions.all().stream()
        .sorted(Comparator.comparing(InstanceDefinition::fmri))
        .forEach(definition -> all.put(definition.fmri(), definition));
    Set<InstanceFmri> removed = new LinkedHashSet<>();
    for (Fmri fmri : plan.removed()) {
      if (fmri instanceof InstanceFmri instance) {
        removed.add(instance);
      }
    }
    all.keySet().removeAll(removed);
    all.putAll(prepared.changed());
    InstanceGraph graph = InstanceGraph.of(all.values());
    Map<InstanceFmri, Difference> differences = differences(plan);
    List<ProblemRecord> problems = new ArrayList<>(prepared.report().problems());
    problems.addAll(problems(prepared, graph));
    return new Draft(
        content(prepared, graph, differences, removed),
        new Configuration.Report(prepared.report().imported(), problems));
  }

  private Map<InstanceFmri, Difference> differences(ImportPlan plan) throws RepositoryException {
    Map<InstanceFmri, Difference> differences = new LinkedHashMap<>();
    for (Map.Entry<InstanceFmri, PropertyGroups> entry : plan.running().entrySet()) {
      Difference difference =
          Difference.between(repository.running(entry.getKey()), entry.getValue());
      boolean isNew = !repository.contains(entry.getKey());
      if (isNew || !difference.properties().isEmpty()) {
        differences.put(entry.getKey(), difference);
      }
    }
    return differences;
  }

  private ChangeEntry.Content content(
      ServiceImport.Prepared prepared,
      InstanceGraph graph,
      Map<InstanceFmri, Difference> differences,
      Set<InstanceFmri> removed)
      throws RepositoryException {
    Set<InstanceFmri> names = new LinkedHashSet<>(differences.keySet());
    names.addAll(removed);
    ChangeGraph order = new ChangeGraph(graph);
    Map<InstanceFmri, Integer> waves = order.waves(names);
    List<Member> members = new ArrayList<>();
    Map<InstanceFmri, List<String>> texts = new LinkedHashMap<>();
    for (InstanceFmri instance : names) {
      Difference difference = differences.getOrDefault(instance, new Difference(List.of()));
      boolean isNew = !repository.contains(instance);
      members.add(
          new Member(
              instance,
              isNew
                  ? Member.Effect.CREATED
                  : removed.contains(instance) ? Member.Effect.DELETED : Member.Effect.CHANGED,
              difference.need(),
              isMonitored(Optional.ofNullable(prepared.changed().get(instance))),
              isMonitored(definitions.definition(instance)),
              waves.getOrDefault(instance, 0)));
      texts.put(
          instance,
          isNew
              ? List.of()
              : difference.properties().stream().map(PropertyDifference::toString).toList());
    }
    members.sort(Comparator.comparingInt(Member::wave).thenComparing(Member::instance));
    names.addAll(order.bystanders(names));
    return new ChangeEntry.Content(
        members, texts, running(names), prepared.plan().before(), prepared.plan().after());
  }

  private static boolean isMonitored(Optional<InstanceDefinition> definition) {
    return definition.flatMap(InstanceDefinition::monitor).isPresent();
  }

  private Set<InstanceFmri> running(Set<InstanceFmri> instances) {
    Set<InstanceFmri> running = new LinkedHashSet<>();
    for (InstanceFmri instance : instances) {
      InstanceStatus status = statuses.get(instance);
      if (status != null && status.enabled().effective() && status.runtime().state().isRunning()) {
        running.add(instance);
      }
    }
    return running;
  }

  private List<ProblemRecord> problems(ServiceImport.Prepared prepared, InstanceGraph graph) {
    List<ProblemRecord> problems = new ArrayList<>();
    prepared
        .plan()
        .running()
        .forEach((instance, groups) -> {
          for (String mistake : OnChange.mistakes(groups)) {
            problems.add(
                ServiceImport.problem(
                    graph.definition(instance).origin(), "error", instance + ": " + mistake));
          }
        });
    for (Finding finding : Check.errors(graph, it -> isEnabled(prepared.plan(), it))) {
      if (prepared.changed().containsKey(finding.fmri())
          && isEnabled(prepared.plan(), finding.fmri())) {
        problems.add(
            ServiceImport.problem(
                finding.origin(), "error", finding.fmri() + ": " + finding.message()));
      }
    }
    return problems;
  }

  private boolean isEnabled(ImportPlan plan, InstanceFmri instance) {
    InstanceStatus status = statuses.get(instance);
    return status != null
        ? status.enabled().effective()
        : plan.enabled().containsKey(instance) && plan.enabled().get(instance).effective();
  }
}
