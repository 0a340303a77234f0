package bespoke.plan;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Readiness;
import bespoke.model.StartdOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// How an instance will behave, from its definition and what is expected of it.
final class Prediction {
  /// What the start of a process costs, about; a measured one takes its place.
  private static final Duration PROCESS = Duration.ofMillis(10);

  private final Durations durations;
  private final Function<InstanceFmri, Optional<InstanceStatus>> statuses;

  Prediction(Durations durations, Function<InstanceFmri, Optional<InstanceStatus>> statuses) {
    this.durations = durations;
    this.statuses = statuses;
  }

  Behaviour of(InstanceFmri instance) {
    Durations.Expected expected = durations.of(instance);
    return statuses
        .apply(instance)
        .map(status ->
            Behaviour.of(
                status.definition(),
                start(status.definition(), expected),
                expected.stop(),
                expected.refresh()))
        .orElseGet(() ->
            Behaviour.INSTANT
                .starting(expected.start())
                .stopping(expected.stop())
                .methodsTaking(expected.refresh()));
  }

  /// One that is its own method is online as soon as it runs, so a guess is the cost of a process.
  private static Duration start(InstanceDefinition definition, Durations.Expected expected) {
    boolean isOnlineAtOnce =
        definition.startd().duration() == StartdOptions.Style.CHILD
            && definition.readiness().kind() == Readiness.Kind.METHOD;
    return isOnlineAtOnce && !expected.isLearned() ? PROCESS : expected.start();
  }
}
