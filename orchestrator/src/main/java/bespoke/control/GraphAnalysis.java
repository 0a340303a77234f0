package bespoke.control;

import bespoke.api.CriticalStepRecord;
import bespoke.api.EdgeRecord;
import bespoke.api.ErrorKind;
import bespoke.api.FindingRecord;
import bespoke.api.GraphRequest;
import bespoke.api.ImpactRecord;
import bespoke.api.NoteRecord;
import bespoke.api.Outcome;
import bespoke.api.PathRecord;
import bespoke.explain.boot.Boot;
import bespoke.graph.analysis.Check;
import bespoke.graph.analysis.CriticalPath;
import bespoke.graph.analysis.Cycle;
import bespoke.graph.analysis.Cycles;
import bespoke.graph.analysis.Edge;
import bespoke.graph.analysis.Effect;
import bespoke.graph.analysis.Finding;
import bespoke.graph.analysis.Impact;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.graph.analysis.Occurrence;
import bespoke.graph.analysis.Paths;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `svcgraph impact`, `path`, `cycles`, `critical-path` and `check` ask for; computed from
/// definitions and states of one moment, on the thread of the connection.
final class GraphAnalysis {
  private final Machine machine;
  private final History history;

  GraphAnalysis(Machine machine, History history) {
    this.machine = machine;
    this.history = history;
  }

  private static InstanceGraph graph(List<InstanceStatus> statuses) {
    return InstanceGraph.of(statuses.stream().map(InstanceStatus::definition).toList());
  }

  /// The one instance that an operand means; answers and is empty otherwise.
  private Optional<InstanceFmri> one(String operand, Answer answer) throws IOException {
    Operands operands = Operands.unambiguous(List.of(operand), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return Optional.empty();
    }
    if (operands.fmris().size() != 1) {
      answer.end(
          operands.fmris().isEmpty()
              ? operands.outcome()
              : Outcome.failed(
                  ErrorKind.AMBIGUOUS, "Pattern '" + operand + "' matches multiple instances"));
      return Optional.empty();
    }
    return Optional.of(operands.fmris().getFirst());
  }

  void impact(GraphRequest.Impact request, Answer answer) throws IOException {
    Optional<InstanceFmri> instance = one(request.entity(), answer);
    if (instance.isEmpty()) {
      return;
    }
    Optional<Occurrence> occurrence = occurrence(request.occurrence());
    if (occurrence.isEmpty()) {
      answer.fail(
          ErrorKind.INVALID,
          "cannot tell what happens when it is \""
              + request.occurrence()
              + "\"; it can be disabled, failed, crashed, restarted or refreshed");
      return;
    }
    List<InstanceStatus> statuses = machine.statuses();
    Set<InstanceFmri> running = new HashSet<>();
    for (InstanceStatus status : statuses) {
      if (status.runtime().state().isRunning()) {
        running.add(status.fmri());
      }
    }
    for (Effect effect :
        Impact.of(graph(statuses), instance.get(), occurrence.get(), running::contains)) {
      answer.add(
          new ImpactRecord(
              effect.fmri().toString(),
              effect.kind().name().toLowerCase(Locale.ROOT),
              effect.edge().to().toString(),
              effect.why()));
    }
    answer.end(Outcome.OK);
  }

  private static Optional<Occurrence> occurrence(String word) {
    String name = word.isEmpty() ? Occurrence.DISABLED.name() : word;
    return Arrays.stream(Occurrence.values())
        .filter(it -> it.name().equalsIgnoreCase(name))
        .findFirst();
  }

  void path(GraphRequest.FindPath request, Answer answer) throws IOException {
    Optional<InstanceFmri> from = one(request.from(), answer);
    if (from.isEmpty()) {
      return;
    }
    Optional<InstanceFmri> to = one(request.to(), answer);
    if (to.isEmpty()) {
      return;
    }
    Optional<List<Edge>> path = new Paths(graph(machine.statuses())).shortest(from.get(), to.get());
    if (path.isPresent()) {
      answer.add(record(path.get()));
    }
    answer.end(Outcome.OK);
  }

  void cycles(Answer answer) throws IOException {
    for (Cycle cycle : Cycles.of(graph(machine.statuses()))) {
      answer.add(record(cycle.edges()));
    }
    answer.end(Outcome.OK);
  }

  private static PathRecord record(List<Edge> edges) {
    return new PathRecord(edges.stream().map(GraphAnalysis::record).toList());
  }

  private static EdgeRecord record(Edge edge) {
    return new EdgeRecord(
        edge.from().toString(),
        edge.to().toString(),
        edge.dependency().name(),
        edge.dependency().grouping().toString(),
        edge.dependency().restartOn().toString(),
        Records.origin(edge.dependency().origin()));
  }

  void check(GraphRequest.Check request, Answer answer) throws IOException {
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    Set<InstanceFmri> wanted = new HashSet<>(operands.fmris());
    List<InstanceStatus> statuses = machine.statuses();
    Map<InstanceFmri, Boolean> enabled = new HashMap<>();
    statuses.forEach(status -> enabled.put(status.fmri(), status.enabled().effective()));
    for (Finding finding : Check.of(graph(statuses), fmri -> enabled.getOrDefault(fmri, false))) {
      if (request.operands().isEmpty() || wanted.contains(finding.fmri())) {
        answer.add(
            new FindingRecord(
                finding.severity().toString(),
                finding.rule().toString(),
                finding.fmri().toString(),
                finding.message(),
                Records.origin(finding.origin())));
      }
    }
    answer.end(operands.outcome());
  }

  /// The longest chain of the last boot, first start first. It is computed on the present graph,
  /// which may have changed since.
  void criticalPath(Answer answer) throws IOException {
    Optional<Boot> boot = history.lastBoot();
    if (boot.isEmpty()) {
      answer.add(new NoteRecord("The journal remembers no boot.", false));
    } else {
      for (CriticalPath.Step step : boot.get().criticalPath(graph(machine.statuses())).steps()) {
        answer.add(record(step, boot.get()));
      }
    }
    answer.end(Outcome.OK);
  }

  private static CriticalStepRecord record(CriticalPath.Step step, Boot boot) {
    Boot.Start start = boot.starts().get(step.fmri());
    Duration begin = start == null ? step.start() : start.begin();
    return new CriticalStepRecord(
        step.fmri().toString(),
        begin.toMillis(),
        step.duration().toMillis(),
        step.saving().toMillis());
  }
}
