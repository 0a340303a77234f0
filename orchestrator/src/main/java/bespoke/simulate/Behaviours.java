package bespoke.simulate;

import bespoke.engine.Decision;
import bespoke.engine.RestarterEvent;
import bespoke.manifest.scenario.Action;
import bespoke.manifest.scenario.Scenario;
import bespoke.manifest.scenario.ServiceSetting;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.plan.Behaviour;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/// How services behave in a scenario: as their definitions say, as long as it says, and with the
/// failures that its steps ordered.
final class Behaviours {
  /// So long that every timeout comes first.
  private static final Duration NEVER = Duration.ofDays(10_000);

  private static final double START_SECONDS = 1;
  private static final double STOP_SECONDS = 1;
  private static final double NANOS = 1e9;
  private static final double PERCENT = 100;

  private final Stack stack;
  private final Random random;
  private final double jitter;
  private final Map<InstanceFmri, ServiceSetting> settings = new HashMap<>();
  private final Map<String, Failing> ordered = new HashMap<>();
  private final Map<InstanceFmri, Failing> running = new HashMap<>();

  /// A method that ends otherwise.
  private static final class Failing {
    final Action.Method order;
    int left;

    Failing(Action.Method order) {
      this.order = order;
      this.left = order.times() == 0 ? Integer.MAX_VALUE : order.times();
    }
  }

  Behaviours(Stack stack, Scenario scenario, long seed) {
    this.stack = stack;
    this.random = new Random(seed);
    this.jitter = scenario.jitterPercent() / PERCENT;
    for (ServiceSetting setting : scenario.services()) {
      stack.matching(setting.services()).forEach(it -> settings.put(it, setting));
    }
  }

  /// From now on a method ends otherwise.
  void order(Action.Method order) {
    for (InstanceFmri instance : stack.matching(order.services())) {
      ordered.put(key(instance, order.method()), new Failing(order));
    }
  }

  private static String key(InstanceFmri instance, String method) {
    return instance + " " + method;
  }

  /// A method is about to run; the next question is about it.
  void begins(Decision decision) {
    switch (decision) {
      case Decision.RunMethod run ->
          begins(run.instance(), run.kind().name().toLowerCase(Locale.ROOT));
      case Decision.SendToRestarter order when order.event() == RestarterEvent.START ->
          begins(order.instance(), "start");
      case Decision _ -> {}
    }
  }

  private void begins(InstanceFmri instance, String method) {
    Failing failing = ordered.get(key(instance, method));
    if (failing != null && failing.left > 0) {
      failing.left--;
      running.put(instance, failing);
    } else {
      running.remove(instance);
    }
  }

  /// Whether a probe is answered well.
  boolean isWell(Decision.RunProbe probe) {
    Failing failing = ordered.get(key(probe.instance(), "monitor"));
    if (probe.readiness() || failing == null || failing.left == 0) {
      return true;
    }
    failing.left--;
    return !failing.order.timesOut() && failing.order.exits() == 0;
  }

  Behaviour of(InstanceFmri instance) {
    InstanceDefinition definition = stack.definition(instance);
    ServiceSetting setting = settings.get(instance);
    Duration stop =
        duration(setting == null ? OptionalDouble.empty() : setting.stopSeconds(), STOP_SECONDS);
    Behaviour behaviour =
        Behaviour.of(
            definition,
            duration(
                setting == null ? OptionalDouble.empty() : setting.startSeconds(), START_SECONDS),
            stop,
            duration(setting == null ? OptionalDouble.empty() : setting.refreshSeconds(), 0));
    boolean hasStopMethod =
        definition
            .method(MethodKind.STOP)
            .map(it -> it.form() == Method.Form.COMMAND)
            .orElse(false);
    return failing(instance, behaviour, hasStopMethod);
  }

  private Behaviour failing(InstanceFmri instance, Behaviour usual, boolean hasStopMethod) {
    Failing stop = ordered.get(key(instance, "stop"));
    Behaviour behaviour = usual;
    if (stop != null && stop.order.timesOut() && !hasStopMethod) {
      behaviour = behaviour.stopping(Duration.ofSeconds(-1)); // signals are of no use
    }
    Failing failing = running.get(instance);
    if (failing == null) {
      return behaviour;
    }
    MethodOutcome outcome = new MethodOutcome.Exited(failing.order.exits());
    boolean isStart = failing.order.method().equals("start");
    if (failing.order.timesOut()) {
      return isStart ? behaviour.starting(NEVER) : behaviour.methodsTaking(NEVER);
    }
    return isStart ? behaviour.startEnding(outcome) : behaviour.methodsEnding(outcome);
  }

  private Duration duration(OptionalDouble seconds, double usual) {
    double factor = jitter == 0 ? 1 : 1 + jitter * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(Math.round(seconds.orElse(usual) * factor * NANOS));
  }
}
