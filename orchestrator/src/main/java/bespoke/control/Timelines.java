package bespoke.control;

import bespoke.api.BootStartRecord;
import bespoke.api.ErrorKind;
import bespoke.api.GraphRequest;
import bespoke.api.NoteRecord;
import bespoke.api.Outcome;
import bespoke.explain.boot.Boot;
import bespoke.graph.analysis.CriticalPath;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.plan.Durations;
import bespoke.plan.SimulatedBoot;
import bespoke.plan.boot.LearnedDurations;
import bespoke.plan.boot.SharedCores;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `svcgraph timeline` asks for: the starts of the last boot as they were measured, or of the
/// next one as the engine does them in the simulated world.
final class Timelines {
  /// Savings on shared cores cost a prediction each, so only so many are made.
  private static final int SAVINGS_MAX = 100;

  private final Machine machine;
  private final History history;

  Timelines(Machine machine, History history) {
    this.machine = machine;
    this.history = history;
  }

  void answer(GraphRequest.Timeline request, Answer answer) throws IOException {
    if (request.cores() < 0 || request.cores() > GraphRequest.Timeline.CORES_MAX) {
      answer.fail(
          ErrorKind.INVALID,
          "The number of cores must be from 1 to " + GraphRequest.Timeline.CORES_MAX + ".");
      return;
    }
    List<InstanceStatus> statuses = machine.statuses();
    InstanceGraph graph =
        InstanceGraph.of(statuses.stream().map(InstanceStatus::definition).toList());
    if (request.predicted()) {
      Map<InstanceFmri, Duration> altered = new HashMap<>();
      for (String takes : request.takes()) {
        Optional<String> wrong = alter(takes, altered);
        if (wrong.isPresent()) {
          answer.fail(ErrorKind.INVALID, wrong.get());
          return;
        }
      }
      LearnedDurations learned = history.durations();
      Durations durations = fmri -> altered(learned.of(fmri), altered.get(fmri));
      Boot alone = Boot.of(0, SimulatedBoot.transitions(statuses, 0, durations, machine::exists));
      answer(predicted(graph, alone, learned, request.cores()), answer);
      return;
    }
    Optional<Boot> boot = history.lastBoot();
    if (boot.isEmpty()) {
      answer.add(new NoteRecord("The journal remembers no boot.", false));
      answer.end(Outcome.OK);
    } else {
      answer(measured(graph, boot.get()), answer);
    }
  }

  /// Reads `FMRI=MILLISECONDS`.
  ///
  /// @return what is wrong with it, or empty
  private Optional<String> alter(String takes, Map<InstanceFmri, Duration> altered) {
    int equals = takes.lastIndexOf('=');
    String operand = takes.substring(0, Math.max(0, equals));
    String millis = takes.substring(equals + 1);
    Operands operands = Operands.unambiguous(List.of(operand), machine.catalogue());
    if (operand.isEmpty() || operands.fmris().size() != 1) {
      return Optional.of("\"" + operand + "\" is not one instance; svcs -a lists them.");
    }
    if (!millis.matches("[0-9]{1,9}")) {
      return Optional.of(
          "\"" + millis + "\" is not a number of milliseconds, such as " + operand + "=1500.");
    }
    altered.put(operands.fmris().getFirst(), Duration.ofMillis(Long.parseLong(millis)));
    return Optional.empty();
  }

  private static Durations.Expected altered(Durations.Expected expected, @Nullable Duration start) {
    return start == null
        ? expected
        : new Durations.Expected(start, expected.stop(), expected.refresh(), true);
  }

  private static void answer(List<BootStartRecord> starts, Answer answer) throws IOException {
    List<BootStartRecord> sorted = new ArrayList<>(starts);
    sorted.sort(
        Comparator.comparingLong(BootStartRecord::startMillis)
            .thenComparing(BootStartRecord::fmri));
    for (BootStartRecord start : sorted) {
      answer.add(start);
    }
    answer.end(Outcome.OK);
  }

  private static List<BootStartRecord> measured(InstanceGraph graph, Boot boot) {
    CriticalPath path = boot.criticalPath(graph);
    return records(boot, path, savings(path), new LearnedDurations(), true);
  }

  private static List<BootStartRecord> predicted(
      InstanceGraph graph, Boot alone, LearnedDurations learned, int cores) {
    if (cores == 0) {
      CriticalPath path = alone.criticalPath(graph);
      return records(alone, path, savings(path), learned, false);
    }
    Map<InstanceFmri, Duration> work = new LinkedHashMap<>();
    alone.starts().forEach((fmri, start) -> work.put(fmri, start.duration()));
    Boot shared = shared(graph, work, cores);
    CriticalPath path = shared.criticalPath(graph);
    return records(shared, path, savings(graph, work, cores, path), learned, false);
  }

  private static Boot shared(InstanceGraph graph, Map<InstanceFmri, Duration> work, int cores) {
    Map<InstanceFmri, Boot.Start> starts = new LinkedHashMap<>();
    SharedCores.starts(graph, work, cores)
        .forEach((fmri, it) -> starts.put(fmri, new Boot.Start(it.begin(), it.duration())));
    return new Boot(0, starts);
  }

  private static Map<InstanceFmri, Duration> savings(CriticalPath path) {
    Map<InstanceFmri, Duration> savings = new HashMap<>();
    path.steps().forEach(step -> savings.put(step.fmri(), step.saving()));
    return savings;
  }

  /// On shared cores a start that takes no time also leaves its share to others, so each is tried.
  private static Map<InstanceFmri, Duration> savings(
      InstanceGraph graph, Map<InstanceFmri, Duration> work, int cores, CriticalPath path) {
    Duration total = shared(graph, work, cores).total();
    Map<InstanceFmri, Duration> savings = new HashMap<>();
    List<CriticalPath.Step> longest = new ArrayList<>(path.steps());
    longest.sort(Comparator.comparing(CriticalPath.Step::duration).reversed());
    for (CriticalPath.Step step : longest.subList(0, Math.min(longest.size(), SAVINGS_MAX))) {
      Map<InstanceFmri, Duration> without = new LinkedHashMap<>(work);
      without.put(step.fmri(), Duration.ZERO);
      savings.put(step.fmri(), total.minus(shared(graph, without, cores).total()));
    }
    return savings;
  }

  private static List<BootStartRecord> records(
      Boot boot,
      CriticalPath path,
      Map<InstanceFmri, Duration> savings,
      LearnedDurations learned,
      boolean isMeasured) {
    List<InstanceFmri> critical = path.steps().stream().map(CriticalPath.Step::fmri).toList();
    Set<InstanceFmri> chain = Set.copyOf(critical);
    List<BootStartRecord> records = new ArrayList<>();
    boot.starts()
        .forEach((fmri, start) ->
            records.add(
                new BootStartRecord(
                    fmri.toString(),
                    start.begin().toMillis(),
                    start.duration().toMillis(),
                    learned.spread(fmri).toMillis(),
                    path.slack().getOrDefault(fmri, Duration.ZERO).toMillis(),
                    savings.getOrDefault(fmri, Duration.ZERO).toMillis(),
                    chain.contains(fmri),
                    isMeasured || learned.of(fmri).isLearned())));
    return records;
  }
}
