package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds what is wrong or doubtful in a graph before it runs: `svcgraph check`.
///
/// Costs the graph a few times; the rules that compare what instances need (impossible exclusions,
/// illusory alternatives) stop looking after some seconds on graphs that are both large and dense.
public final class Check {
  private Check() {}

  /// All findings, the gravest first, then by instance.
  ///
  /// @param enabled whether an instance is enabled
  public static List<Finding> of(InstanceGraph graph, Predicate<InstanceFmri> enabled) {
    HardNeeds hardNeeds = new HardNeeds(graph);
    List<Finding> findings = new ArrayList<>();
    Stream.of(
            new DefinitionCheck(graph).findings(),
            new ReferenceCheck(graph, enabled).findings(),
            CycleCheck.findings(graph),
            new ExclusionCheck(graph, hardNeeds).findings(),
            new AlternativeCheck(graph, hardNeeds).findings(),
            RedundancyCheck.findings(graph, hardNeeds),
            new NeverBindingCheck(graph, hardNeeds, enabled).findings(),
            new SinglePointCheck(graph, hardNeeds, enabled).findings())
        .forEach(findings::addAll);
    findings.sort(
        Comparator.comparing(Finding::severity)
            .thenComparing(Finding::fmri)
            .thenComparing(Finding::rule));
    return findings;
  }

  /// The errors alone, such as keep a change from being made; costs the graph, not its square.
  public static List<Finding> errors(InstanceGraph graph, Predicate<InstanceFmri> enabled) {
    return Stream.of(
            new DefinitionCheck(graph).findings(),
            new ReferenceCheck(graph, enabled).findings(),
            CycleCheck.findings(graph),
            new ExclusionCheck(graph, new HardNeeds(graph)).findings())
        .flatMap(List::stream)
        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
        .sorted(Comparator.comparing(Finding::fmri).thenComparing(Finding::rule))
        .toList();
  }
}
