package bespoke.simulate;

import bespoke.graph.analysis.Cycle;
import bespoke.graph.analysis.Cycles;
import bespoke.graph.analysis.Edge;
import bespoke.graph.analysis.Effect;
import bespoke.graph.analysis.Impact;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.graph.analysis.Occurrence;
import bespoke.manifest.scenario.Claim;
import bespoke.manifest.scenario.Operand;
import bespoke.manifest.scenario.Place;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds the claims of a scenario against the graph.
final class Claims {
  private static final String STEP = "graph";
  private static final int NAMED_MAX = 10;

  private final Stack stack;
  private final InstanceGraph graph;

  Claims(Stack stack) {
    this.stack = stack;
    this.graph = stack.graph();
  }

  List<Check> of(Claim claim) {
    return switch (claim) {
      case Claim.NoCycles(Place place) -> List.of(cycles(place));
      case Claim.Requires(Place place, Operand services, Operand on) ->
          requires(place, services, on);
      case Claim.DoesNotRequire(Place place, Operand services, Operand on) ->
          List.of(doesNotRequire(place, services, on));
      case Claim.ImpactAtMost(Place place, Operand of, int most) -> impact(place, of, most);
      case Claim.NoSinglePointOfFailure single -> List.of(single(single));
    };
  }

  private Check cycles(Place place) {
    List<Cycle> cycles = Cycles.of(graph);
    String expected = "no cycle of dependencies";
    return cycles.isEmpty()
        ? Check.holds(place, STEP, expected)
        : new Check(
            place,
            STEP,
            expected,
            cycles.size() == 1 ? "a cycle" : cycles.size() + " cycles",
            cycles.getFirst().refusal());
  }

  private List<Check> requires(Place place, Operand services, Operand on) {
    List<Check> checks = new ArrayList<>();
    for (InstanceFmri instance : stack.matching(services)) {
      Map<InstanceFmri, Edge> reached = needs(instance);
      for (InstanceFmri needed : stack.matching(on)) {
        String expected = instance + " requires " + needed;
        checks.add(
            reached.containsKey(needed) || instance.equals(needed)
                ? Check.holds(place, STEP, expected)
                : new Check(
                    place,
                    STEP,
                    expected,
                    "no path of require_all or require_any leads there",
                    List.of(instance + " needs " + names(reached.keySet()))));
      }
    }
    return checks;
  }

  private Check doesNotRequire(Place place, Operand services, Operand on) {
    String expected = services + " requires nothing of " + on;
    Set<InstanceFmri> forbidden = new HashSet<>(stack.matching(on));
    for (InstanceFmri instance : stack.matching(services)) {
      Map<InstanceFmri, Edge> reached = needs(instance);
      for (InstanceFmri needed : reached.keySet()) {
        if (forbidden.contains(needed) && !needed.equals(instance)) {
          return new Check(
              place,
              STEP,
              expected,
              instance + " requires " + needed,
              path(instance, needed, reached));
        }
      }
    }
    return Check.holds(place, STEP, expected);
  }

  /// What an instance needs, with the edge over which it was first reached; `optional_all` is no
  /// need.
  private Map<InstanceFmri, Edge> needs(InstanceFmri instance) {
    Map<InstanceFmri, Edge> reached = new LinkedHashMap<>();
    Deque<InstanceFmri> queue = new ArrayDeque<>(List.of(instance));
    while (!queue.isEmpty()) {
      for (Edge edge : graph.requirements().outgoingEdgesOf(queue.remove())) {
        if (edge.dependency().grouping() != Grouping.OPTIONAL_ALL
            && !edge.to().equals(instance)
            && reached.putIfAbsent(edge.to(), edge) == null) {
          queue.add(edge.to());
        }
      }
    }
    return reached;
  }

  private static List<String> path(
      InstanceFmri from, InstanceFmri to, Map<InstanceFmri, Edge> reached) {
    List<String> path = new ArrayList<>();
    InstanceFmri at = to;
    while (!at.equals(from)) {
      Edge edge = reached.get(at);
      if (edge == null) {
        break;
      }
      path.addFirst(edge.describe());
      at = edge.from();
    }
    return path;
  }

  private List<Check> impact(Place place, Operand of, int most) {
    List<Check> checks = new ArrayList<>();
    for (InstanceFmri instance : stack.matching(of)) {
      List<Effect> down = down(instance);
      String expected =
          "the failure of " + instance + " takes down at most " + count(most) + " for good";
      checks.add(
          down.size() <= most
              ? Check.holds(place, STEP, expected)
              : new Check(place, STEP, expected, count(down.size()), sentences(down)));
    }
    return checks;
  }

  private List<Effect> down(InstanceFmri instance) {
    return Impact.of(graph, instance, Occurrence.FAILED, stack::isEnabled).stream()
        .filter(effect -> effect.kind() == Effect.Kind.STOPS)
        .toList();
  }

  private static List<String> sentences(List<Effect> effects) {
    return effects.stream()
        .limit(NAMED_MAX)
        .map(effect -> effect.fmri() + ": " + effect.why())
        .toList();
  }

  private Check single(Claim.NoSinglePointOfFailure claim) {
    Set<InstanceFmri> except = new HashSet<>();
    claim.except().forEach(operand -> except.addAll(stack.matching(operand)));
    String expected =
        "no failure takes down more than "
            + count(claim.takesDownAtMost())
            + (claim.except().isEmpty() ? "" : ", except of " + texts(claim.except()));
    List<String> found = new ArrayList<>();
    List<String> because = new ArrayList<>();
    for (InstanceFmri instance : graph.instances()) {
      if (stack.isEnabled(instance) && !except.contains(instance)) {
        List<Effect> down = down(instance);
        if (down.size() > claim.takesDownAtMost()) {
          found.add(instance + " takes down " + down.size());
          because.addAll(sentences(down));
        }
      }
    }
    return found.isEmpty()
        ? Check.holds(claim.place(), STEP, expected)
        : new Check(
            claim.place(),
            STEP,
            expected,
            found.stream().limit(NAMED_MAX).collect(Collectors.joining(", ")),
            because.stream().limit(NAMED_MAX).toList());
  }

  private static String texts(List<Operand> operands) {
    return operands.stream().map(Operand::text).collect(Collectors.joining(", "));
  }

  private static String count(int instances) {
    return instances + (instances == 1 ? " other" : " others");
  }

  private static String names(Set<InstanceFmri> instances) {
    if (instances.isEmpty()) {
      return "nothing";
    }
    String names =
        instances.stream()
            .limit(NAMED_MAX)
            .map(InstanceFmri::toString)
            .collect(Collectors.joining(", "));
    return instances.size() > NAMED_MAX
        ? names + " and " + (instances.size() - NAMED_MAX) + " more"
        : names;
  }
}
