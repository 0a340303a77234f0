package bespoke.explain.boot;

import bespoke.graph.analysis.CriticalPath;
import bespoke.graph.analysis.InstanceGraph;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The first start of every instance after the daemon began, as it was recorded.
///
/// @param beganEpochMillis when the daemon began, in milliseconds since 1970 UTC
/// @param starts by instance, in the order in which they came online
public record Boot(long beganEpochMillis, Map<InstanceFmri, Start> starts) {

  public Boot {
    starts = Collections.unmodifiableMap(new LinkedHashMap<>(starts));
  }

  /// One start that succeeded.
  ///
  /// @param begin when its start method was begun, since the beginning of the boot
  /// @param duration from then until it was online, attempts that failed included
  public record Start(Duration begin, Duration duration) {}

  /// Finds the first start of each instance.
  ///
  /// @param transitions of the boot, oldest first; what came afterwards does no harm
  public static Boot of(long beganEpochMillis, List<Transition> transitions) {
    Map<InstanceFmri, Long> begun = new HashMap<>();
    Map<InstanceFmri, Start> starts = new LinkedHashMap<>();
    for (Transition transition : transitions) {
      InstanceFmri instance = transition.instance();
      if (isBegin(transition)) {
        begun.putIfAbsent(instance, transition.atEpochMillis());
      } else if (isEnd(transition) && begun.containsKey(instance)) {
        long begin = begun.getOrDefault(instance, beganEpochMillis);
        starts.putIfAbsent(
            instance,
            new Start(
                Duration.ofMillis(begin - beganEpochMillis),
                Duration.ofMillis(transition.atEpochMillis() - begin)));
      }
    }
    return new Boot(beganEpochMillis, starts);
  }

  /// Whether a transition begins or ends a start; others need not be kept for [#of].
  public static boolean isRelevant(Transition transition) {
    return isBegin(transition) || isEnd(transition);
  }

  private static boolean isBegin(Transition transition) {
    return !transition.to().isRunning() && transition.next() == InstanceState.ONLINE;
  }

  private static boolean isEnd(Transition transition) {
    return !transition.from().isRunning() && transition.to().isRunning();
  }

  /// What it could not have been faster than, and what each service would save. Instances that did
  /// not come online count as absent.
  public CriticalPath criticalPath(InstanceGraph graph) {
    Map<InstanceFmri, Duration> durations = new HashMap<>();
    starts.forEach((instance, start) -> durations.put(instance, start.duration()));
    return CriticalPath.of(graph, durations);
  }

  /// From the beginning until the last of them was online.
  public Duration total() {
    return starts.values().stream()
        .map(start -> start.begin().plus(start.duration()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
