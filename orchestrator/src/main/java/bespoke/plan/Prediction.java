package bespoke.plan;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.Readiness;
import bespoke.model.StartdOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// How an instance will behave, from its definition and what is expected of it.
final class Prediction {
  private final Durations durations;
  private final Function<InstanceFmri, Optional<InstanceStatus>> statuses;

  Prediction(Durations durations, Function<InstanceFmri, Optional<InstanceStatus>> statuses) {
    this.durations = durations;
    this.statuses = statuses;
  }

  Behaviour of(InstanceFmri instance) {
    Durations.Expected expected = durations.of(instance);
    Behaviour usual =
        Behaviour.INSTANT
            .starting(expected.start())
            .stopping(expected.stop())
            .methodsTaking(expected.refresh());
    return statuses.apply(instance).map(status -> of(status.definition(), usual)).orElse(usual);
  }

  private static Behaviour of(InstanceDefinition definition, Behaviour usual) {
    Behaviour behaviour = usual;
    if (definition.startd().duration() == StartdOptions.Style.TRANSIENT) {
      behaviour = behaviour.leavingNothing();
    }
    if (definition.readiness().kind() != Readiness.Kind.METHOD
        && definition.readiness().kind() != Readiness.Kind.PROBE) {
      behaviour = behaviour.notifying();
    }
    boolean hasStopMethod =
        definition
            .method(MethodKind.STOP)
            .map(it -> it.form() == Method.Form.COMMAND)
            .orElse(false);
    if (hasStopMethod) {
      behaviour = behaviour.methodsTaking(usual.stop()).stopping(Duration.ZERO);
    }
    return behaviour;
  }
}
