package bespoke.graph.analysis;

import bespoke.model.InstanceDefinition;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.StartdOptions;
import java.util.ArrayList;
import java.util.List;

/// Looks at each definition by itself.
final class DefinitionCheck {
  private final InstanceGraph graph;
  private final List<Finding> findings = new ArrayList<>();

  DefinitionCheck(InstanceGraph graph) {
    this.graph = graph;
  }

  List<Finding> findings() {
    graph.instances().stream().map(graph::definition).forEach(this::check);
    return findings;
  }

  private void check(InstanceDefinition definition) {
    for (String problem : definition.problems()) {
      findings.add(
          new Finding(
              Finding.Severity.ERROR,
              Finding.Rule.INVALID_DEFINITION,
              definition.fmri(),
              problem,
              definition.origin()));
    }
    if (isTransientWithWork(definition) && definition.method(MethodKind.STOP).isEmpty()) {
      findings.add(
          new Finding(
              Finding.Severity.INFO,
              Finding.Rule.MISSING_STOP,
              definition.fmri(),
              "a transient service with a start method has no stop method, so disabling it undoes"
                  + " nothing; say what undoes it, or \":true\" if nothing need be undone",
              definition.origin()));
    }
  }

  private static boolean isTransientWithWork(InstanceDefinition definition) {
    return definition.startd().duration() == StartdOptions.Style.TRANSIENT
        && definition
            .method(MethodKind.START)
            .filter(start -> start.form() == Method.Form.COMMAND)
            .isPresent();
  }
}
